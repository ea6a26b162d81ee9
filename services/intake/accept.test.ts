import { busIdOf } from '#bus/envelope.js';
import { BrokerUnavailable, Refused, Unroutable } from '#bus/failures.js';
import {
  aalterTenant,
  directoryOf,
  meldingData,
  meldingEvent,
  meldingIngediend,
  meldingSource,
  meldingSubject,
  meldpuntSender,
  routeOf,
} from '#infra/testing/melding.js';
import { examplesOf, messageTypes } from '#oslo/catalogue.js';
import { open } from '#runtime/keys.js';
import { createMetrics } from '#runtime/metrics.js';
import type { Tenant } from '#tenants/directory.js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import type { Sender } from './accepted.js';
import { createAccept, type AcceptOptions } from './accept.js';
import { Refusal } from './refusal.js';

const publicUrl = 'https://bus.example.org';
const now = new Date('2026-01-05T08:13:00Z');
const time = '2026-01-05T08:12:00Z';

interface Published {
  readonly queue: string;
  readonly publication: Parameters<AcceptOptions['publish']>[1];
}

describe('accept', () => {
  let tenant: Tenant;
  let published: Published[];
  let attempt: (queue: string) => Error | null;
  let made: string[];
  let attachments: Map<string, string>;
  let options: AcceptOptions;
  let accept: ReturnType<typeof createAccept>;

  const open_ = (one: Published, id: string): Record<string, unknown> =>
    JSON.parse(
      open(one.publication.body, tenant.bodyKeys, `aalter|${id}`).toString('utf8'),
    ) as Record<string, unknown>;
  const refusalOf = async (event: unknown, sender: Sender = meldpuntSender()): Promise<Refusal> => {
    const outcome = await accept(event, sender).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(outcome instanceof Refusal)) throw new Error('was not refused', { cause: outcome });
    return outcome;
  };
  const summaryOf = (refusal: Refusal): unknown => ({
    status: refusal.status,
    code: refusal.code,
    reasons: refusal.reasons.map(({ pointer, code }) => `${pointer} ${code}`),
  });
  const refused = async (event: unknown, sender?: Sender): Promise<unknown> =>
    summaryOf(await refusalOf(event, sender));

  beforeEach(() => {
    tenant = aalterTenant();
    published = [];
    made = [];
    attempt = () => null;
    attachments = new Map();
    options = {
      directory: () => directoryOf(tenant, aalterTenant({ id: 'beringen' })),
      publicUrl,
      now: () => now,
      attachments: {
        describe: (of, id) =>
          Promise.resolve(
            attachments.get(id) === of
              ? { id, fileName: null, contentType: 'image/png', sizeBytes: 1, sha256: '00' }
              : null,
          ),
      },
      publish: (queue, publication) => {
        const failure = attempt(queue);
        if (failure) return Promise.reject(failure);
        published.push({ queue, publication });
        return Promise.resolve();
      },
      ensureQueues: (queues) => {
        made.push(...queues);
        return Promise.resolve();
      },
    };
    accept = createAccept(options);
  });

  describe('what enters', () => {
    it('lies in every target queue and then in the audit queue, under the id that a sender may compute', async () => {
      const { id, envelope } = await accept(meldingEvent(), meldpuntSender());
      expect(id).toBe(busIdOf('aalter', meldingSource, '2026-000123'));
      expect(published.map(({ queue }) => queue)).toEqual([
        't.aalter.topdesk',
        't.aalter.meldpunt',
        'audit',
      ]);
      const [first, , audit] = published;
      expect(first?.publication.headers).toMatchObject({ 'lb-target': 'topdesk' });
      expect(audit?.publication.headers).toMatchObject({ 'lb-record': 'accepted' });
      expect(JSON.parse(String(audit?.publication.headers['lb-envelope']))).toEqual(envelope);
      expect(first?.publication.properties).toEqual({
        messageId: id,
        type: meldingIngediend,
        contentType: 'application/vnd.lb-bus.sealed',
      });
      expect(envelope).toMatchObject({
        version: 1,
        tenant: 'aalter',
        kind: 'event',
        senderId: '2026-000123',
        acceptedAt: now.toISOString(),
        expiresAt: null,
        targets: ['topdesk', 'meldpunt'],
        verwerking: 'meldingen-openbaar-domein',
        correlationId: null,
        origin: null,
      });
    });

    it('is what was sent, with tenant, bus id, context as address and the next step of the trace', async () => {
      const trace = '0af7651916cd43dd8448eb211c80319c';
      const event = meldingEvent({
        traceparent: `00-${trace}-b7ad6b7169203331-00`,
        tracestate: 'sender=1',
        tenant: 'aalter',
        afdeling: 'wegen',
        correlationid: 'c-1',
      });
      const { id, envelope } = await accept(event, meldpuntSender());
      const delivered = open_(published[0]!, id);
      expect(delivered).toEqual({
        ...event,
        busid: id,
        traceparent: envelope.traceparent,
        data: {
          ...meldingData(),
          '@context': `${publicUrl}/v1/contexts/melding/v1.jsonld`,
        },
      });
      expect(envelope.traceparent).toMatch(
        new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[0-9a-f]{16}-00$`),
      );
      expect(envelope.correlationId).toBe('c-1');
    });

    it('gets the subject as its @id where the sender left that out', async () => {
      const { '@id': _, ...data } = meldingData();
      const { id } = await accept(meldingEvent({ data }), meldpuntSender());
      expect(open_(published[0]!, id)['data']).toMatchObject({ '@id': meldingSubject });
    });

    it('begins a trace of its own where traceparent is malformed, and drops its tracestate', async () => {
      const event = meldingEvent({
        traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
        tracestate: 'a=1',
      });
      const { id, envelope } = await accept(event, meldpuntSender());
      expect(envelope.traceparent).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(open_(published[0]!, id)).not.toHaveProperty('tracestate');
    });

    it('has the digest of the data as they were sent, whatever the order of their keys', async () => {
      const { envelope } = await accept(meldingEvent(), meldpuntSender());
      const reversed = Object.fromEntries(Object.entries(meldingData()).reverse());
      const again = await accept(meldingEvent({ data: reversed }), meldpuntSender());
      expect(again.envelope.digest).toBe(envelope.digest);
      const canonical =
        `["${meldingIngediend}","${meldingSubject}",{"@context":"urn:lb-bus:context:melding:v1","@id":"${meldingSubject}",` +
        `"@type":"Melding","behandelaar":{"@id":"http://data.lblod.info/id/bestuurseenheden/aalter"},` +
        `"heeftBody":[{"@type":"MeldingBody","beschrijving":"De put is ongeveer 10 cm diep."}],"indiener":{"@type":"Agent"},` +
        `"meldingstype":[{"@id":"https://data.aalter.example/id/concept/Meldingstype/wegdek"}],"titel":"Put in het fietspad"}]`;
      expect(envelope.digest).toBe(createHash('sha256').update(canonical).digest('hex'));
    });

    it('is each valid example of the language', async () => {
      tenant = aalterTenant({
        verwerkingen: [
          ...new Set(
            [...messageTypes.keys()].flatMap((type) =>
              examplesOf(type).valid.map(({ message }) => String(message['verwerking'])),
            ),
          ),
        ],
        routes: [...messageTypes.keys()].map((type) => routeOf({ type })),
      });
      options = {
        ...options,
        attachments: {
          describe: () =>
            Promise.resolve({ id: '', fileName: null, contentType: '', sizeBytes: 0, sha256: '' }),
        },
      };
      const gate = createAccept(options);
      for (const type of messageTypes.keys())
        for (const { name, message } of examplesOf(type).valid)
          expect([
            name,
            await gate({ ...message, time }, meldpuntSender({ sources: ['*'] })),
          ]).toEqual([name, expect.anything()]);
      expect(published.length).toBeGreaterThan(2 * messageTypes.size);
    });

    it('is counted, repeats too', async () => {
      const metrics = createMetrics({ process: false });
      const gate = createAccept({ ...options, metrics });
      await gate(meldingEvent(), meldpuntSender());
      await gate(meldingEvent(), meldpuntSender());
      const { values } = await metrics.accepted.get();
      expect(values).toEqual([{ value: 2, labels: { tenant: 'aalter', type: meldingIngediend } }]);
    });
  });

  describe('what is not a CloudEvent', () => {
    it.each([null, 1, 'text', [], [meldingEvent()]])('is refused: %j', async (event) => {
      expect(await refused(event)).toMatchObject({ status: 400, code: 'envelope-invalid' });
      expect(published).toEqual([]);
    });

    it('is told every attribute that is missing at once', async () => {
      expect(await refused({})).toEqual({
        status: 400,
        code: 'envelope-invalid',
        reasons: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'datacontenttype',
          'data',
        ].map((name) => `/${name} required`),
      });
    });

    it.each([
      ['specversion', '0.3', 'format'],
      ['id', '', 'length'],
      ['id', 'x'.repeat(129), 'length'],
      ['id', 'a\nb', 'pattern'],
      ['id', 'a\u0000b', 'pattern'],
      ['id', 7, 'type'],
      ['source', '/meldpunt', 'format'],
      ['source', 'urn:lb:aalter meldpunt', 'format'],
      ['source', `urn:${'a'.repeat(2_048)}`, 'length'],
      ['type', '', 'length'],
      ['type', ['x'], 'type'],
      ['subject', 'melding 1', 'format'],
      ['subject', '', 'length'],
      ['time', '2026-01-05t08:12:00z', 'format'],
      ['time', '2026-01-05T08:12:60Z', 'format'],
      ['time', '2026-02-30T08:12:00Z', 'format'],
      ['time', '2026-01-05T08:12:00', 'format'],
      ['time', '2026-01-05T24:00:00Z', 'format'],
      ['datacontenttype', 3, 'type'],
      ['verwerking', 3, 'type'],
      ['tenant', ['aalter'], 'type'],
      ['correlationid', 'x'.repeat(257), 'length'],
      ['afdeling', 'x'.repeat(257), 'length'],
      ['afdeling', { een: 1 }, 'type'],
      ['afdeling', 1.5, 'type'],
      ['Afdeling', 'wegen', 'unknown-property'],
      ['data_base64', 'AA==', 'unknown-property'],
    ])('is one whose %s is %j', async (name, value, code) => {
      expect(await refused(meldingEvent({ [name]: value }))).toEqual({
        status: 400,
        code: 'envelope-invalid',
        reasons: [`/${name} ${code}`],
      });
    });

    it('is one with eleven attributes of its own; ten pass', async () => {
      const extras = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`extra${index}`, 'x']));
      expect(await refused(meldingEvent(extras(11)))).toMatchObject({
        code: 'envelope-invalid',
        reasons: [' cardinality'],
      });
      await accept(meldingEvent(extras(10)), meldpuntSender());
    });

    it('counts the length of an id in code points', async () => {
      await accept(meldingEvent({ id: '😀'.repeat(128) }), meldpuntSender());
      expect(await refused(meldingEvent({ id: '😀'.repeat(129) }))).toMatchObject({
        code: 'envelope-invalid',
      });
    });

    it('is one of another content type (415), parameters apart', async () => {
      expect(await refused(meldingEvent({ datacontenttype: 'text/plain' }))).toMatchObject({
        status: 415,
        code: 'unsupported-media',
      });
      await accept(
        meldingEvent({ datacontenttype: 'application/json; charset=utf-8' }),
        meldpuntSender(),
      );
    });

    it('is one that nests deeper than 64, however deep', async () => {
      const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
      const inside = (depth: number) =>
        meldingEvent({ data: { ...meldingData(), diep: nested(depth) } });
      expect(await refused(inside(63))).toMatchObject({ status: 400, code: 'too-deep' });
      expect(await refused(inside(100_000))).toMatchObject({ status: 400, code: 'too-deep' });
      // 62 lists in data in the event make 64: deep enough to be looked at, and then no property of a melding.
      expect(await refused(inside(62))).toMatchObject({ status: 422, code: 'invalid' });
    });

    it.each(['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{}}}'])(
      'is one with %s in it',
      async (text) => {
        const data = { ...meldingData(), indiener: JSON.parse(text) as unknown };
        expect(await refused(meldingEvent({ data }))).toMatchObject({
          status: 400,
          code: 'envelope-invalid',
          reasons: [
            expect.stringMatching(/^\/data\/indiener\/(__proto__|constructor) unknown-property$/),
          ],
        });
      },
    );
  });

  describe('what a sender may not', () => {
    it.each([
      ['tenant-mismatch', meldingEvent({ tenant: 'beringen' }), meldpuntSender()],
      ['source-not-allowed', meldingEvent(), meldpuntSender({ sources: ['urn:lb:aalter:ander'] })],
      [
        'type-not-allowed',
        meldingEvent(),
        meldpuntSender({ types: ['be.lbbus.melding.aangevuld.v1'] }),
      ],
      ['forbidden', meldingEvent(), meldpuntSender({ tenant: 'opgeheven' })],
    ])('is refused with 403 %s', async (code, event, sender) => {
      expect(await refused(event, sender)).toMatchObject({ status: 403, code });
      expect(published).toEqual([]);
    });

    it('is said before what is wrong with the content', async () => {
      const event = meldingEvent({ type: 'be.lbbus.onbekend.v1', data: { fout: null } });
      expect(await refused(event, meldpuntSender({ types: [meldingIngediend] }))).toMatchObject({
        status: 403,
      });
    });
  });

  describe('content that may not enter', () => {
    it.each([
      ['unknown-type', { type: 'be.lbbus.melding.ingediend.v9' }, []],
      [
        'subject-mismatch',
        { subject: 'https://meldingen.aalter.example/id/melding/2' },
        ['/subject pattern', '/data/@id pattern'],
      ],
      ['time-implausible', { time: '2026-01-06T08:13:01Z' }, ['/time format']],
      ['verwerking-missing', { verwerking: undefined }, ['/verwerking required']],
      ['verwerking-unknown', { verwerking: 'iets-anders' }, ['/verwerking not-in-codelist']],
      ['invalid', { data: null }, ['/data type']],
      ['invalid', { afdeling: null }, ['/afdeling type']],
      ['invalid', { afdeling: 'a\ud800b' }, ['/afdeling pattern']],
    ])('is refused with 422 %s: %j', async (code, changes, reasons) => {
      expect(await refused(meldingEvent(changes))).toEqual({ status: 422, code, reasons });
      expect(published).toEqual([]);
    });

    it.each([
      [{ titel: 'a\u0000b' }, '/data/titel pattern'],
      [{ titel: 'a\udc00' }, '/data/titel pattern'],
      [{ samenvatting: null }, '/data/samenvatting type'],
      [{ 'a/b~c': null }, '/data/a~1b~0c type'],
      [{ 'naam\u0000': 'x' }, '/data/naam\u0000 pattern'],
      [JSON.parse('{"wkt":1e999}'), '/data/wkt type'],
    ])('names the place of %j', async (part, expected) => {
      const data = { ...meldingData(), ...(part as object) };
      expect(await refused(meldingEvent({ data }))).toEqual({
        status: 422,
        code: 'invalid',
        reasons: [expected],
      });
    });

    it('takes a time of just 24 hours ahead', async () => {
      await accept(meldingEvent({ time: '2026-01-06T08:13:00Z' }), meldpuntSender());
    });

    it('names every rule of the schema that is broken, counted from the envelope', async () => {
      const { titel: _, ...rest } = meldingData();
      const data = { ...rest, onbekend: 1 };
      expect(await refused(meldingEvent({ data }))).toEqual({
        status: 422,
        code: 'invalid',
        reasons: expect.arrayContaining([
          '/data/titel required',
          '/data/onbekend unknown-property',
        ]),
      });
    });

    it('is a context of elsewhere, which is never fetched', async () => {
      const data = { ...meldingData(), '@context': 'http://127.0.0.1:1/context.jsonld' };
      expect(await refused(meldingEvent({ data }))).toMatchObject({
        code: 'invalid',
        reasons: ['/data/@context context'],
      });
      const own = { ...meldingData(), '@context': `${publicUrl}/v1/contexts/melding/v1.jsonld` };
      await accept(meldingEvent({ data: own }), meldpuntSender());
    });

    it.each([
      ['subject', 'https://x.example/persoon/85073003328'],
      ['id', '85.07.30-033.28'],
      ['afdeling', 'burger 85.07.30-033.28'],
      ['afdeling', '85%2E07%2E30-033%2E28'],
      ['afdeling', 85073003328],
      ['source', 'urn:lb:inwoner:17073003384'],
    ])('is a valid INSZ in %s (%j), and the reason does not repeat it', async (name, value) => {
      const event = meldingEvent({
        [name]: value,
        ...(name === 'subject' && { data: { ...meldingData(), '@id': value } }),
      });
      const refusal = await refusalOf(event, meldpuntSender({ sources: ['*'] }));
      expect(summaryOf(refusal)).toEqual({
        status: 422,
        code: 'personal-data-in-attribute',
        reasons: [`/${name} pattern`],
      });
      expect(JSON.stringify(refusal)).not.toMatch(/85\D?07\D?30|170730/);
    });

    it.each([
      '85073003329',
      '850730033281',
      '0207433216',
      'urn:uuid:85073003-3280-4000-8000-850730033281',
      'a85073003328b4c5d6e7f8a9',
    ])('is not %s, which only looks like an INSZ', async (afdeling) => {
      await accept(meldingEvent({ afdeling }), meldpuntSender());
    });

    it('is an attachment that this tenant has not uploaded', async () => {
      const [mine, theirs] = [randomUUID(), randomUUID()];
      attachments.set(mine, 'aalter').set(theirs, 'beringen');
      const body = (id: string) => ({
        '@type': 'MeldingBody',
        beschrijving: 'foto',
        bijlage: `urn:lb-bus:attachment:${id}`,
      });
      const data = (...ids: string[]) => ({ ...meldingData(), heeftBody: ids.map(body) });
      expect(await refused(meldingEvent({ data: data(mine, theirs, randomUUID()) }))).toMatchObject(
        {
          status: 422,
          code: 'attachment-unknown',
          reasons: expect.arrayContaining([
            '/data/heeftBody/1/bijlage not-in-codelist',
            '/data/heeftBody/2/bijlage not-in-codelist',
          ]),
        },
      );
      expect(published).toEqual([]);
      await accept(meldingEvent({ data: data(mine) }), meldpuntSender());
    });

    it('is each invalid example of the language, with its pointer', async () => {
      let count = 0;
      for (const type of messageTypes.keys())
        for (const { name, message, breaks } of examplesOf(type).invalid) {
          tenant = aalterTenant({
            verwerkingen: [String(message['verwerking'])],
            routes: [routeOf({ type })],
          });
          const refusal = await refusalOf({ ...message, time }, meldpuntSender({ sources: ['*'] }));
          expect([name, refusal.reasons.map(({ pointer }) => pointer)]).toEqual([
            name,
            expect.arrayContaining([breaks.pointer]),
          ]);
          count += 1;
        }
      expect(count).toBeGreaterThan(30);
    });
  });

  describe('routes', () => {
    const targetsOf = async (
      routes: Tenant['routes'],
      sender = meldpuntSender(),
      event = meldingEvent(),
    ): Promise<readonly string[]> => {
      tenant = aalterTenant({ routes });
      return (await accept(event, sender)).envelope.targets;
    };

    it('adds up, each target once, in the order of the declaration', async () => {
      expect(
        await targetsOf([
          routeOf({ targets: ['topdesk', 'a'] }),
          routeOf({ type: 'be.lbbus.melding.aangevuld.v1', targets: ['x'] }),
          routeOf({
            filter: { exact: { 'data.meldingstype': 'https://elders.example' } },
            targets: ['y'],
          }),
          routeOf({ filter: { suffix: { 'data.meldingstype': '/wegdek' } }, targets: ['a', 'b'] }),
        ]),
      ).toEqual(['topdesk', 'a', 'b']);
    });

    it('never leads back to the system it came from', async () => {
      expect(
        await targetsOf(
          [routeOf({ targets: ['topdesk', 'meldpunt'] })],
          meldpuntSender({ system: 'meldpunt' }),
        ),
      ).toEqual(['topdesk']);
    });

    it('refuses a melding that would arrive nowhere', async () => {
      tenant = aalterTenant({ routes: [] });
      expect(await refused(meldingEvent())).toMatchObject({ status: 422, code: 'no-route' });
      tenant = aalterTenant({ routes: [routeOf({ targets: ['topdesk'] })] });
      expect(await refused(meldingEvent(), meldpuntSender({ system: 'topdesk' }))).toMatchObject({
        code: 'no-route',
      });
      expect(published).toEqual([]);
    });

    it('takes an event without a target where its type does not have to arrive', async () => {
      const { message } = examplesOf('be.lbbus.melding.status-gewijzigd.v1').valid[0]!;
      tenant = aalterTenant({ routes: [], verwerkingen: [String(message['verwerking'])] });
      const { envelope } = await accept({ ...message, time }, meldpuntSender({ sources: ['*'] }));
      expect(envelope.targets).toEqual([]);
      expect(published.map(({ queue }) => queue)).toEqual(['audit']);
    });
  });

  describe('repeats', () => {
    it('get the same id and enter again, to be recognised behind the door', async () => {
      const first = await accept(meldingEvent(), meldpuntSender());
      const second = await accept(meldingEvent(), meldpuntSender());
      expect(second.id).toBe(first.id);
      expect(published).toHaveLength(6);
    });

    it('with other content get 409 while the first is remembered', async () => {
      await accept(meldingEvent(), meldpuntSender());
      const data = { ...meldingData(), titel: 'Iets anders' };
      expect(await refused(meldingEvent({ data }))).toMatchObject({
        status: 409,
        code: 'conflict',
      });
      expect(published).toHaveLength(3);
      await createAccept(options)(meldingEvent({ data }), meldpuntSender());
    });

    it('of a refused message may have other content', async () => {
      attempt = () => new BrokerUnavailable('there is no connection');
      await refused(meldingEvent());
      attempt = () => null;
      await accept(
        meldingEvent({ data: { ...meldingData(), titel: 'Verbeterd' } }),
        meldpuntSender(),
      );
    });
  });

  describe('a broker that does not take it', () => {
    it('gets no audit record of a message that one target refused, and the sender a 503 to try again', async () => {
      attempt = (queue) => (queue === 't.aalter.meldpunt' ? new Refused(queue) : null);
      const refusal = await refusalOf(meldingEvent());
      expect(refusal).toMatchObject({
        status: 503,
        code: 'broker-unavailable',
        retryAfterSeconds: 5,
      });
      expect(refusal.cause).toBeInstanceOf(Refused);
      expect(published.map(({ queue }) => queue)).toEqual(['t.aalter.topdesk']);
    });

    it('gives 503 when only the audit queue fails', async () => {
      attempt = (queue) => (queue === 'audit' ? new BrokerUnavailable('it is blocked') : null);
      expect(await refused(meldingEvent())).toMatchObject({ status: 503 });
    });

    it('has a missing queue made, then takes the message there once', async () => {
      attempt = (queue) =>
        queue === 't.aalter.topdesk' && !made.includes(queue) ? new Unroutable(queue) : null;
      await accept(meldingEvent(), meldpuntSender());
      expect(made).toEqual(['t.aalter.topdesk']);
      expect(published.map(({ queue }) => queue).sort()).toEqual([
        'audit',
        't.aalter.meldpunt',
        't.aalter.topdesk',
      ]);
    });

    it('gives 503 when the attachments cannot be looked up', async () => {
      const gate = createAccept({
        ...options,
        attachments: { describe: () => Promise.reject(new Error('storage away')) },
      });
      const heeftBody = [
        {
          '@type': 'MeldingBody',
          beschrijving: 'x',
          bijlage: `urn:lb-bus:attachment:${randomUUID()}`,
        },
      ];
      await expect(
        gate(meldingEvent({ data: { ...meldingData(), heeftBody } }), meldpuntSender()),
      ).rejects.toMatchObject({ status: 503, code: 'broker-unavailable' });
    });
  });
});

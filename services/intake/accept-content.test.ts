import { gateTime, gateUrl, TestGate } from '#infra/testing/gate.js';
import {
  aalterTenant,
  meldingData,
  meldingEvent,
  meldpuntSender,
  routeOf,
} from '#infra/testing/melding.js';
import { examplesOf, messageTypes } from '#oslo/catalogue.js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';

const anySource = meldpuntSender({ sources: ['*'] });

describe('content that may not enter', () => {
  let gate: TestGate;
  beforeEach(() => {
    gate = new TestGate();
  });
  const invalid = (reasons: readonly string[]) => ({ status: 422, code: 'invalid', reasons });

  it.each([
    ['unknown-type', { type: 'be.lbbus.melding.ingediend.v9' }, []],
    [
      'subject-mismatch',
      { subject: 'https://x.example/2' },
      ['/subject pattern', '/data/@id pattern'],
    ],
    ['time-implausible', { time: '2026-01-06T08:13:01Z' }, ['/time format']],
    ['verwerking-missing', { verwerking: undefined }, ['/verwerking required']],
    ['verwerking-unknown', { verwerking: 'iets-anders' }, ['/verwerking not-in-codelist']],
    ['invalid', { data: null }, ['/data type']],
    ['invalid', { afdeling: null }, ['/afdeling type']],
    ['invalid', { afdeling: 'a\ud800b' }, ['/afdeling pattern']],
  ])('is refused with 422 %s: %j', async (code, changes, reasons) => {
    expect(await gate.refused(meldingEvent(changes))).toEqual({ status: 422, code, reasons });
    expect(gate.published).toEqual([]);
  });

  it.each([
    ['{"titel":"a\\u0000b"}', '/data/titel pattern'],
    ['{"titel":"a\\udc00"}', '/data/titel pattern'],
    ['{"samenvatting":null}', '/data/samenvatting type'],
    ['{"a/b~c":null}', '/data/a~1b~0c type'],
    ['{"naam\\u0000":"x"}', '/data/naam\u0000 pattern'],
    ['{"wkt":1e999}', '/data/wkt type'],
  ])('is %s, named with its place', async (text, expected) => {
    const data = { ...meldingData(), ...(JSON.parse(text) as object) };
    expect(await gate.refused(meldingEvent({ data }))).toEqual(invalid([expected]));
  });

  it('is a time more than 24 hours ahead; just 24 pass', async () => {
    const { envelope } = await gate.accept(meldingEvent({ time: '2026-01-06T08:13:00Z' }));
    expect(envelope.time).toBe('2026-01-06T08:13:00Z');
  });

  it('has every broken rule of the schema named, counted from the envelope', async () => {
    const data = { ...meldingData(), onbekend: 1 } as Record<string, unknown>;
    delete data['titel'];
    const { code, reasons } = await gate.refused(meldingEvent({ data }));
    expect([code, [...reasons].sort()]).toEqual([
      'invalid',
      ['/data/onbekend unknown-property', '/data/titel required'],
    ]);
  });

  it('is a context of elsewhere, which is never fetched; the address on this deployment passes', async () => {
    const under = (context: string) =>
      meldingEvent({ data: { ...meldingData(), '@context': context } });
    expect(await gate.refused(under('http://127.0.0.1:1/context.jsonld'))).toEqual(
      invalid(['/data/@context context']),
    );
    await gate.accept(under(`${gateUrl}/v1/contexts/melding/v1.jsonld`));
    expect(gate.queues).toContain('audit');
  });

  it.each([
    ['subject', 'https://x.example/persoon/85073003328'],
    ['id', '85.07.30-033.28'],
    ['afdeling', 'burger 85.07.30-033.28'],
    ['afdeling', '85%2E07%2E30-033%2E28'],
    ['afdeling', 85073003328],
    ['source', 'urn:lb:inwoner:17073003384'],
  ])('is a valid INSZ in %s (%j), and no reason repeats it', async (name, value) => {
    const data = { ...meldingData(), ...(name === 'subject' && { '@id': value }) };
    const refusal = await gate.refusal(meldingEvent({ [name]: value, data }), anySource);
    expect(refusal).toMatchObject({ status: 422, code: 'personal-data-in-attribute' });
    expect(refusal.reasons.map(({ pointer }) => pointer)).toEqual([`/${name}`]);
    expect(JSON.stringify(refusal)).not.toMatch(/85\D?07\D?30|170730/);
  });

  it.each([
    ['11 digits with a wrong check', '85073003329'],
    ['12 digits', '850730033281'],
    ['a KBO number', '0207433216'],
    ['a UUID', 'urn:uuid:85073003-3280-4000-8000-850730033281'],
    ['a hash', 'a85073003328b4c5d6e7f8a9'],
  ])('is not %s, which only looks like an INSZ', async (_, afdeling) => {
    await gate.accept(meldingEvent({ afdeling }));
    expect(gate.queues).toContain('audit');
  });

  it('is an attachment that this tenant has not uploaded', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    gate.attachments.set(mine, 'aalter').set(theirs, 'beringen');
    const bodyOf = (id: string) => ({
      '@type': 'MeldingBody',
      beschrijving: 'foto',
      bijlage: `urn:lb-bus:attachment:${id}`,
    });
    const withAttachments = (...ids: readonly string[]) =>
      meldingEvent({ data: { ...meldingData(), heeftBody: ids.map(bodyOf) } });
    const { code, reasons } = await gate.refused(withAttachments(mine, theirs, randomUUID()));
    expect([code, [...reasons].sort()]).toEqual([
      'attachment-unknown',
      ['/data/heeftBody/1/bijlage not-in-codelist', '/data/heeftBody/2/bijlage not-in-codelist'],
    ]);
    expect(gate.published).toEqual([]);
    await gate.accept(withAttachments(mine));
  });
});

describe('the examples of the language', () => {
  const all = [...messageTypes.values()]
    .filter(({ kind }) => kind !== 'answer')
    .map(({ type, kind }) => ({ type, kind, ...examplesOf(type) }));
  const time = gateTime.toISOString();
  const gateFor = (type: string, message: Record<string, unknown>): TestGate => {
    const stored = { id: '', fileName: null, contentType: '', sizeBytes: 0, sha256: '' };
    const gate = new TestGate({ attachments: { describe: () => Promise.resolve(stored) } });
    const { verwerking } = message;
    const verwerkingen = typeof verwerking === 'string' ? [verwerking] : [];
    gate.tenant = aalterTenant({ verwerkingen, routes: [routeOf({ type })] });
    return gate;
  };

  it('enter where they are valid', async () => {
    for (const { type, kind, valid } of all)
      for (const { name, message } of valid) {
        const gate = gateFor(type, message);
        const { envelope } = await gate.accept({ ...message, time }, anySource);
        expect([name, envelope.type, gate.queues]).toEqual([
          name,
          type,
          [`${kind === 'question' ? 'q' : 't'}.aalter.topdesk`, 'audit'],
        ]);
      }
  });

  it('are refused with their pointer where they are not', async () => {
    for (const { type, invalid } of all)
      for (const { name, message, breaks } of invalid) {
        const refusal = await gateFor(type, message).refusal({ ...message, time }, anySource);
        const pointers = refusal.reasons.map(({ pointer }) => pointer);
        expect([name, pointers]).toEqual([name, expect.arrayContaining([breaks.pointer])]);
      }
    expect(all.flatMap(({ invalid }) => invalid).length).toBeGreaterThan(30);
  });

  it('are nobody\u2019s to send where they are answers', async () => {
    const type = 'be.lbbus.persoon.opgevraagd.v1';
    for (const { message } of examplesOf(type).valid) {
      const refusal = await gateFor(type, message).refusal({ ...message, time }, anySource);
      expect([refusal.status, refusal.code]).toEqual([403, 'type-not-allowed']);
    }
  });
});

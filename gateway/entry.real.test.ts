import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import {
  batched,
  binary,
  json,
  melding,
  nested,
  structured,
  withData,
} from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { call, type Call, type Reply } from '#infra/testing/caller.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { until } from '#infra/testing/until.js';

describe('the open door', () => {
  let gateway: TestGateway;
  let address: string;

  beforeAll(async () => {
    gateway = await startTestGateway({
      tenants,
      times: { messageMs: 400, batchMs: 400, idleMs: 400 },
    });
    address = `${gateway.url}/v1/messages`;
  }, 60_000);
  afterAll(() => gateway.end());

  const post = (options: Call): Promise<Reply> =>
    call(address, { key, ...options, headers: { ...structured, ...options.headers } });
  const entered = async (): Promise<number[]> =>
    Promise.all(
      ['audit', 't.aalter.topdesk', 't.aalter.meldpunt'].map((queue) =>
        queueDepth(gateway.vhost, queue),
      ),
    );
  it('judges in the order 401, 413, 400', async () => {
    const large = new Uint8Array(1024 * 1024 + 1);
    expect((await post({ key: 'lb_nobody', body: large })).status).toBe(401);
    expect(
      (await post({ key: 'lb_nobody', body: '{', headers: { 'content-type': 'json' } })).status,
    ).toBe(401);
    expect((await post({ body: large })).status).toBe(413);
  });

  it('names at most 20 errors and counts the rest', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`x${index}`, 1]));
    const reply = await post({ body: withData(many) });
    expect(reply.json['errors']).toHaveLength(20);
    expect(reply.json['more']).toBe(10);
  });

  it.each([
    ['', 'nl', 'Geen JSON'],
    ['en', 'en', 'Not JSON'],
    ['de, fr-BE;q=0.8, en;q=0.5', 'fr', 'Pas du JSON'],
    ['fr;q=0, en-GB;q=0.1', 'en', 'Not JSON'],
  ])('speaks to "%s" in %s', async (accept, language, title) => {
    const reply = await post({ body: '{', headers: { 'accept-language': accept } });
    expect(reply.headers.get('content-language')).toBe(language);
    expect(reply.json['title']).toBe(title);
  });

  it('counts the requests of a tenant, refused ones too, and says when there is room', async () => {
    const replies: Reply[] = [];
    for (let index = 0; index < 3; index += 1)
      replies.push(await post({ key: 'lb_beringen_slow', body: '{' }));
    expect(replies.map(({ status }) => status)).toEqual([400, 400, 429]);
    expect(Number(replies[2]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await until(async () => (await post({ key: 'lb_beringen_slow', body: '{' })).status === 400, {
      what: 'room again',
    });
  });

  /** Its rate is one a second, two at once. */
  const filledMs = 2_200;

  it('counts each message of a batch, and none overtakes the first that is over the rate', async () => {
    const body = '[{}, {}, {}, {}]';
    const statuses = await until(
      async () => {
        await pause(filledMs);
        const reply = await post({ key: 'lb_beringen_slow', body, headers: batched });
        const { results = [] } = reply.json as { results?: { status: number }[] };
        return results[1]?.status === 400 ? results : null;
      },
      { what: 'room for two' },
    );
    expect(statuses.map(({ status }) => status)).toEqual([400, 400, 429, 429]);
  });

  describe('lets in', () => {
    const accepted = async (options: Call): Promise<string> => {
      const reply = await post(options);
      expect(reply.text).toContain('"status":"accepted"');
      expect(reply.status).toBe(202);
      const { id } = reply.json as { id: string };
      expect(reply.headers.get('location')).toBe(`/v1/messages/${id}`);
      expect(reply.json).toEqual({
        id,
        status: 'accepted',
        links: { self: `/v1/messages/${id}` },
      });
      return id;
    };

    it('a message in every mode under one id, for it is the same message', async () => {
      const [audited = 0, topdesk = 0] = await entered();
      const ids = [
        await accepted({ body: melding }),
        await accepted({ body: json(meldingData()), headers: binary }),
        await accepted({
          body: new Uint8Array(gzipSync(melding)),
          headers: { 'content-encoding': 'gzip' },
        }),
        await accepted({ body: melding.replace('"titel":', '"titel":"","titel":') }),
        await accepted({
          body: json(meldingData()),
          headers: { ...binary, 'ce-id': '"2026-%30%30%30123"' },
        }),
      ];
      expect(new Set(ids).size).toBe(1);
      expect(await entered()).toEqual([audited + 5, topdesk + 5, topdesk + 5]);
    });

    it('percent-encoded attributes as what they say', async () => {
      const subject = 'urn:caf\u00e9';
      const id = await accepted({
        body: json({ ...meldingData(), '@id': subject }),
        headers: { ...binary, 'ce-id': 'caf%C3%A9', 'ce-subject': 'urn:caf%C3%A9' },
      });
      const same = meldingEvent({
        id: 'caf\u00e9',
        subject,
        data: { ...meldingData(), '@id': subject },
      });
      expect(await accepted({ body: json(same) })).toBe(id);
    });

    it('exactly 1 MiB', () =>
      accepted({ body: melding + ' '.repeat(1024 * 1024 - melding.length) }));

    it('every good item of a batch, in its order, and refuses the bad one', async () => {
      const events = [
        meldingEvent({ id: 'b-1' }),
        meldingEvent({ id: 'b-2', data: { ...meldingData(), kleur: 'groen' } }),
        meldingEvent({ id: 'b-1' }),
        JSON.parse(`{"data":${nested(70)}}`) as object,
        meldingEvent({ id: 'b-3', data: { ...meldingData(), titel: 'x'.repeat(1024 * 1024) } }),
      ];
      const [audited = 0] = await entered();
      const reply = await post({
        body: json(events),
        headers: { ...batched, 'accept-language': 'en' },
      });
      expect(reply.status).toBe(207);
      const results = reply.json['results'] as {
        index: number;
        status: number;
        id?: string;
        problem?: { code: string; errors?: { pointer: string }[] };
      }[];
      expect(results.map(({ status }) => status)).toEqual([202, 422, 202, 400, 413]);
      expect(results.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
      expect(results[0]?.id).toBe(results[2]?.id);
      expect(results[1]?.problem).toMatchObject({
        code: 'invalid',
        title: 'Invalid message',
        errors: [{ pointer: '/data/kleur' }],
      });
      expect(results[3]?.problem?.code).toBe('too-deep');
      expect((await entered())[0]).toBe(audited + 2);
    });

    it('a repeat, but not other content under the same source and id', async () => {
      const event = meldingEvent({ id: 'once' });
      const id = await accepted({ body: json(event) });
      expect(await accepted({ body: json(event) })).toBe(id);
      const before = await entered();
      const other = { ...event, data: { ...meldingData(), titel: 'Iets anders' } };
      expect(await post({ body: json(other) })).toMatchObject({
        status: 409,
        json: { code: 'conflict' },
      });
      expect(await entered()).toEqual(before);
    });
  });

  it('counts what it accepted and what it refused', async () => {
    const count = async (line: string): Promise<number> => {
      const { text } = await call(`${gateway.internalUrl}/metrics`);
      const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
      return Number(found?.split(' ').at(-1) ?? 0);
    };
    const accepted =
      'lbbus_messages_accepted_total{tenant="aalter",type="be.lbbus.melding.ingediend.v1"}';
    const refused = 'lbbus_messages_refused_total{tenant="aalter",code="not-json"}';
    const before = [await count(accepted), await count(refused)] as const;
    await post({ body: melding });
    await post({ body: '{' });
    expect([await count(accepted), await count(refused)]).toEqual([before[0] + 1, before[1] + 1]);
    expect((await call(`${gateway.url}/metrics`)).status).toBe(404);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openOwnerDatabase, type OwnerDatabase } from '#tenants/owner.js';
import { call, type Reply } from '#infra/testing/caller.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';

const type = 'be.lbbus.melding.ingediend.v1';
const subject = (index: number): string => `urn:melding:${index}`;
const acceptedAt = (index: number): Date => new Date(Date.UTC(2026, 0, 5, 8, index));

describe('what a tenant reads of its messages', () => {
  let gateway: TestGateway;
  let database: OwnerDatabase;
  const ids = Array.from({ length: 5 }, () => randomUUID());
  const foreign = randomUUID();
  const [first = '', second = ''] = ids;

  const insert = (tenant: string, id: string, index: number, status: string) =>
    database.scoped(tenant, (trx) =>
      trx
        .insertInto('monitoring.message')
        .values({
          tenant,
          id,
          type,
          kind: 'event',
          source: 'urn:lb:aalter:meldpunt',
          sender_id: `sender-${index}`,
          subject: subject(index),
          time: '2026-01-05T08:00:00Z',
          accepted_at: acceptedAt(index),
          digest: '00',
          status,
          conflict_of: index === 1 ? first : null,
        } as never)
        .execute(),
    );

  beforeAll(async () => {
    gateway = await startTestGateway({ tenants });
    database = openOwnerDatabase(gateway.database.url);
    for (const [index, id] of ids.entries())
      await insert('aalter', id, index, index === 0 ? 'waiting' : 'delivered');
    await insert('beringen', foreign, 9, 'delivered');
    await database.scoped('aalter', async (trx) => {
      await trx
        .insertInto('monitoring.target')
        .values({
          tenant: 'aalter',
          message: first,
          target: 'topdesk',
          status: 'waiting',
          sequence: 2,
          next_attempt_at: new Date('2026-01-05T09:00:00Z'),
        })
        .execute();
      for (const [sequence, outcome] of ['queued', 'retry'].entries())
        await trx
          .insertInto('monitoring.step')
          .values({
            tenant: 'aalter',
            message: first,
            id: randomUUID(),
            target: 'topdesk',
            connector: 'topdesk',
            operation: 'createIncident',
            sequence,
            at: acceptedAt(sequence),
            duration_ms: 812,
            outcome,
            code: outcome === 'retry' ? 'unavailable' : null,
            detail: 'TOPdesk did not answer',
          })
          .execute();
    });
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await gateway.end();
  });

  const read = (path: string): Promise<Reply> => call(`${gateway.url}/v1/messages${path}`, { key });
  const page = async (query: string) => {
    const { json } = await read(query);
    const messages = json['messages'] as { id: string; targets: object[] }[];
    return { ids: messages.map(({ id }) => id), messages, next: json['next'] as string | null };
  };

  it('is where it stands, per target with its attempts', async () => {
    expect((await read(`/${first}`)).json).toEqual({
      id: first,
      status: 'waiting',
      type,
      source: 'urn:lb:aalter:meldpunt',
      senderId: 'sender-0',
      subject: subject(0),
      acceptedAt: acceptedAt(0).toISOString(),
      expiresAt: null,
      targets: [
        {
          target: 'topdesk',
          status: 'waiting',
          externalId: null,
          nextAttemptAt: '2026-01-05T09:00:00.000Z',
          acknowledgedAt: null,
          attempts: [
            {
              at: acceptedAt(1).toISOString(),
              durationMs: 812,
              outcome: 'retry',
              code: 'unavailable',
              detail: 'TOPdesk did not answer',
            },
          ],
        },
      ],
      conflicts: [second],
      links: { self: `/v1/messages/${first}`, answer: `/v1/messages/${first}/answer` },
    });
    expect((await read(`/${second}`)).json['conflicts']).toEqual([first]);
  });

  it('waits a moment for the collector before it is 404', async () => {
    const late = randomUUID();
    const asked = read(`/${late}`);
    await insert('aalter', late, -60, 'accepted');
    expect((await asked).json).toMatchObject({ id: late, status: 'accepted', targets: [] });
    await database.scoped('aalter', (trx) =>
      trx.deleteFrom('monitoring.message').where('id', '=', late).execute(),
    );
  });

  it('is 404 for what is unknown, malformed, another tenant\u2019s or without an answer', async () => {
    const paths = [`/${randomUUID()}`, '/1', `/${foreign}`, `/${first}/answer`];
    const replies = await Promise.all(paths.map(read));
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  it('is a list of its own, newest first, a page at a time', async () => {
    const newestFirst = [...ids].reverse();
    const one = await page('?limit=2');
    expect(one.ids).toEqual(newestFirst.slice(0, 2));
    const two = await page((one.next ?? '').replace('/v1/messages', ''));
    expect(two.ids).toEqual(newestFirst.slice(2, 4));
    const three = await page((two.next ?? '').replace('/v1/messages', ''));
    expect(three).toMatchObject({ ids: newestFirst.slice(4), next: null });
    expect(three.messages[0]?.targets).toEqual([expect.not.objectContaining({ attempts: [] })]);
  });

  it('is a list that can be narrowed', async () => {
    expect((await page('?status=waiting')).ids).toEqual([first]);
    expect((await page(`?subject=${subject(3)}&type=${type}`)).ids).toEqual([ids[3]]);
    expect((await page('?type=be.lbbus.melding.aangevuld.v1')).ids).toEqual([]);
    const since = encodeURIComponent(acceptedAt(3).toISOString());
    expect((await page(`?since=${since}`)).ids).toEqual([ids[4], ids[3]]);
  });

  it.each([
    '?naam=An',
    '?status=weg',
    '?since=gisteren',
    '?limit=201',
    '?cursor=x',
    `?cursor=${Buffer.from(`2026-01-05T08:12:00.000Z ${'-'.repeat(36)}`).toString('base64url')}`,
    '?since=2026-01-05T08:12:00',
    '?since=2026-02-30T08:12:00Z',
    '?subject=urn:a%00b',
    '?type=a&type=b',
  ])('refuses the query %s', async (query) => {
    expect(await read(query)).toMatchObject({ status: 400, json: { code: 'bad-query' } });
  });
});

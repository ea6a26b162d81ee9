import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import {
  acceptedOf,
  envelopeOf,
  keysOfTest,
  stepOf,
  testTenants,
} from '#infra/testing/audit-records.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import type { Directory } from '#tenants/directory.js';
import { batchOf } from '../collect/contents.js';
import { storeBatch } from '../collect/store.js';
import { searchMessages } from './search.js';
import type { Asked } from './conditions.js';

const directory = {
  tenants: new Map(testTenants.map((tenant) => [tenant, {}])),
} as unknown as Directory;

const melding = envelopeOf(0, { correlationId: 'a8b1c2d3-0000-4000-8000-000000000001' });
const parked = envelopeOf(3, { causationId: melding.id, subject: melding.subject });
const elsewhere = envelopeOf(1, {
  type: 'be.lbbus.persoon.opvragen.v1',
  senderId: melding.senderId,
});

describe('searching messages', () => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
    const records = [
      ...[melding, parked, elsewhere].map(acceptedOf),
      stepOf(melding, { outcome: 'retry', status: 'waiting', code: 'unavailable' }),
      stepOf(melding, { sequence: 2, externalId: 'I 2611 001' }),
      stepOf(parked, { outcome: 'released', status: 'waiting' }),
      stepOf(parked, { sequence: 2, outcome: 'rejected', status: 'parked', code: 'unknown-value' }),
    ];
    await storeBatch(database, batchOf(records), keysOfTest);
    await database.scoped('aalter', async (trx) => {
      await sql`insert into delivery.reference (tenant, target, external_id, subject)
        values ('aalter', 'dynamics', 'CAS-01', ${melding.subject})`.execute(trx);
      // Two thousand of years before, of which one is rare.
      await sql`insert into monitoring.message (tenant, id, type, kind, source, sender_id, subject, time, accepted_at, digest, status)
        select 'aalter', gen_random_uuid(), 'be.lbbus.melding.ingediend.v1', 'event',
          case n when 2000 then 'urn:lb:aalter:loket' else 'urn:lb:aalter:meldpunt' end, 'old-' || n, 'urn:x:' || n, '',
          '2024-01-01'::timestamptz - n * interval '1 minute', '', case n when 1999 then 'expired' else 'delivered' end
        from generate_series(1, 2000) n`.execute(trx);
    });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const search = (
    wish: Partial<Asked>,
    {
      reach = null,
      patienceMs = 10_000,
    }: { reach?: ReadonlySet<string> | null; patienceMs?: number } = {},
  ) => searchMessages({ database, directory, reach, patienceMs }, { limit: 50, ...wish });
  const idsOf = async (...asked: Parameters<typeof search>): Promise<string[]> =>
    (await search(...asked)).messages.map(({ id }) => id);

  it.each<[string, string, readonly string[]]>([
    ['its id on the bus, and what it caused', melding.id, [parked.id, melding.id]],
    ['the id of its correlation', melding.correlationId ?? '', [melding.id]],
    ['what it is about', melding.subject, [parked.id, melding.id]],
    ["the sender's id, at every tenant", melding.senderId, [elsewhere.id, melding.id]],
    ['the id it was given elsewhere, with its spaces', ' I 2611 001 ', [melding.id]],
    ['the id of its thing in a system', 'CAS-01', [parked.id, melding.id]],
    ['an id beside the tenant', `aalter ${melding.senderId}`, [melding.id]],
    ['an id beside the type', `${melding.senderId} persoon.opvragen`, [elsewhere.id]],
    ['status and tenant alone', 'parked Aalter', [parked.id]],
    ['nothing that is there', 'CAS-02', []],
  ])('finds by %s', async (_, text, ids) => {
    expect(await idsOf({ text })).toEqual(ids);
  });

  it('says what the words were taken for', async () => {
    const { understood } = await search({ text: 'aalter melding.ingediend I 2611 001' });
    expect(understood).toEqual({
      tenant: 'aalter',
      type: 'be.lbbus.melding.ingediend.v1',
      key: 'I 2611 001',
    });
  });

  it('tells of each how it stands at its targets', async () => {
    const { messages } = await search({ id: melding.id });
    expect(messages).toMatchObject([
      {
        status: 'accepted',
        targets: [
          { target: 'postvak', status: 'accepted', externalId: null },
          { target: 'topdesk', status: 'delivered', externalId: 'I 2611 001' },
        ],
      },
    ]);
  });

  it.each<[Partial<Asked>, readonly string[]]>([
    [{ target: 'topdesk', status: 'delivered' }, [melding.id]],
    [{ target: 'topdesk', status: 'parked' }, [parked.id]],
    [{ outcome: 'retry' }, [melding.id]],
    [{ outcome: 'retry', target: 'postvak' }, []],
    [{ outcome: 'retry', type: melding.type, source: melding.source }, [melding.id]],
    [{ outcome: 'retry', type: elsewhere.type }, []],
    [{ outcome: 'retry', status: 'accepted' }, [melding.id]],
    [{ outcome: 'retry', tenant: 'beringen' }, []],
    [{ outcome: 'released' }, [parked.id]],
    [{ outcome: 'released', type: parked.type, target: 'topdesk' }, [parked.id]],
    [{ outcome: 'released', source: 'urn:lb:aalter:loket' }, []],
    [{ status: 'parked', type: parked.type, source: parked.source }, [parked.id]],
    [{ status: 'parked', outcome: 'released', type: elsewhere.type }, []],
    [{ status: 'parked', tenant: 'beringen' }, []],
    [{ type: elsewhere.type }, [elsewhere.id]],
    [{ causationId: melding.id, type: melding.type }, [parked.id]],
    [{ externalId: 'CAS-01', status: 'parked' }, [parked.id]],
    [{ since: '2026-11-01T08:00:01Z', until: '2026-11-01T08:00:02Z' }, [elsewhere.id]],
  ])('holds to all of %j', async (wish, ids) => {
    expect(await idsOf(wish)).toEqual(ids);
  });

  it('shows nobody what is not of her tenants, whatever she asks', async () => {
    for (const reach of [new Set(['beringen']), new Set(['beringen', 'kortrijk'])]) {
      expect(await idsOf({ text: melding.id }, { reach })).toEqual([]);
      expect(await idsOf({ text: 'aalter' }, { reach })).toEqual([]);
      expect(await idsOf({}, { reach })).toEqual([elsewhere.id]);
      expect(await idsOf({ text: melding.senderId }, { reach })).toEqual([elsewhere.id]);
    }
    expect(await idsOf({}, { reach: new Set() })).toEqual([]);
    const both = new Set(['aalter', 'beringen']);
    expect((await idsOf({}, { reach: both })).slice(0, 3)).toEqual(
      await idsOf({ since: '2026-01-01T00:00:00Z' }),
    );
    expect(await idsOf({ tenant: 'aalter' }, { reach: new Set(['beringen']) })).toEqual([]);
  });

  it('goes through all of them page by page, each once', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await search({ limit: 200, ...(cursor !== '' && { cursor }) });
      seen.push(...page.messages.map(({ id }) => id));
      cursor = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([2_003, 2_003]);
  });

  it('says how far back it looked where time was up, and goes on there', async () => {
    const wish = { type: melding.type, source: 'urn:lb:aalter:loket', tenant: 'aalter' };
    const first = await search(wish, { patienceMs: 0 });
    expect(first.messages).toEqual([]);
    expect(first.lookedBackTo).toMatch(/^2023-12-31T/);
    const second = await search({ ...wish, cursor: first.next ?? '' });
    expect(second).toMatchObject({
      messages: [{ senderId: 'old-2000' }],
      next: null,
      lookedBackTo: null,
    });
  });

  it('finds the rare that did not arrive without walking past what did', async () => {
    const page = await search({ status: 'expired' }, { patienceMs: 0 });
    expect(page).toMatchObject({ messages: [{ senderId: 'old-1999' }], lookedBackTo: null });
  });
});

import { expect, it } from '@jest/globals';
import {
  acceptedOf,
  envelopeOf,
  keysOfTest,
  stepOf,
  testTenants,
} from '#infra/testing/audit-records.js';
import { useCollected } from '#infra/testing/collected.js';
import type { Directory } from '#tenants/directory.js';
import { batchOf } from '../collect/contents.js';
import { storeBatch } from '../collect/store.js';
import type { Asked } from './conditions.js';
import { searchMessages } from './search.js';

const directory = {
  tenants: new Map(testTenants.map((tenant) => [tenant, {}])),
} as unknown as Directory;

const collected = useCollected((database, records) =>
  storeBatch(database, batchOf(records), keysOfTest),
);
const { store } = collected;

const search = (wish: Partial<Asked>) =>
  searchMessages(
    { database: collected.database, directory, reach: null, patienceMs: 10_000 },
    { limit: 50, ...wish },
  );

it('goes through what was tried again page by page, each once, whatever befell it before and at how many targets', async () => {
  const retried = Array.from({ length: 9 }, (_, index) => envelopeOf(300 + index * 3));
  const steps = retried.flatMap((envelope, index) =>
    ['topdesk', 'postvak'].flatMap((target) =>
      Array.from({ length: index }, (__, sequence) => {
        const step = { target, sequence: sequence + 1 };
        return stepOf(envelope, { ...step, outcome: 'retry', status: 'waiting' });
      }),
    ),
  );
  await store([...retried.map(acceptedOf), ...steps]);
  for (const wish of [
    {},
    { target: 'postvak' },
    { tenant: 'aalter' },
    { status: 'waiting' },
  ] as const) {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const from = cursor === '' ? {} : { cursor };
      const page = await search({ outcome: 'retry', limit: 2, ...wish, ...from });
      seen.push(...page.messages.map(({ id }) => id));
      cursor = page.next;
    }
    expect(seen).toEqual(
      retried
        .slice(1)
        .map(({ id }) => id)
        .reverse(),
    );
  }
});

it('finds what happened at the moment of its message, also where it was accepted earlier than was known or another takes its id', async () => {
  const late = envelopeOf(612, { acceptedAt: '2026-11-05T00:00:00.000Z' });
  const other = { ...late, digest: 'a'.repeat(64), acceptedAt: '2026-11-04T00:00:00.000Z' };
  const known = { ...other, acceptedAt: '2026-11-03T00:00:00.000Z' };
  const expired = stepOf(late, { outcome: 'expired', status: 'expired' });
  for (const [record, { acceptedAt }] of [
    [expired, late],
    [acceptedOf(other), other],
    [acceptedOf(known), known],
  ] as const) {
    await store([record]);
    const until = new Date(Date.parse(acceptedAt) + 1).toISOString();
    for (const wish of [{}, { type: late.type, source: late.source }, { since: acceptedAt, until }])
      expect((await search({ outcome: 'expired', ...wish })).messages).toMatchObject([
        { id: late.id, acceptedAt },
      ]);
  }
});

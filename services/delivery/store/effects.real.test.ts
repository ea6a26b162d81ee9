import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { abandonEffect, claimEffects, endEffect, inHandAt } from './effects.js';

const line = { tenant: 'aalter', target: 'topdesk' };
const minuteMs = 60_000;
let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const take = async (message: string, busyMs: number): Promise<string> => {
  const claim = { digest: 'one', subject: 'urn:x:case', verwerking: null, busyMs, crashes: 0 };
  const [token = ''] = await database.scoped('aalter', (trx) =>
    claimEffects(trx, [{ line, message, ...claim }]),
  );
  return token;
};
const inHand = (unknownMs: number) =>
  database.scoped('aalter', (trx) => inHandAt(trx, line, unknownMs));

it('takes what a process had in hand that is gone for unsettled as long as its next attempt may take', async () => {
  const [gone, done] = [
    '0197f000-0000-7000-8000-000000000001',
    '0197f000-0000-7000-8000-000000000002',
  ];
  await take(gone, 0);
  const token = await take(done, minuteMs);
  expect(await inHand(minuteMs)).toEqual(expect.arrayContaining([gone, done]));
  expect(await inHand(0)).toEqual([done]);
  const end = { state: 'done', externalId: null, answer: null } as const;
  await database.scoped('aalter', (trx) => endEffect(trx, { line, message: done, token, end }));
  expect(await inHand(minuteMs)).toEqual([gone]);
  await database.scoped('aalter', (trx) => abandonEffect(trx, { line, message: gone }));
  expect(await inHand(minuteMs)).toEqual([]);
});

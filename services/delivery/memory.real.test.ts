import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { KeyRing } from '#runtime/keys.js';
import { aalterYaml, beringenYaml, openTenancy, type Tenancy } from '#infra/testing/tenancy.js';
import { createMemory } from './store/memory.js';

let tenancy: Tenancy;
let keys: KeyRing;
beforeAll(async () => {
  tenancy = await openTenancy();
  await tenancy.apply(`${beringenYaml}---${aalterYaml}`);
  keys = (await tenancy.directory()).tenants.get('aalter')?.bodyKeys ?? keys;
});
afterAll(() => tenancy.drop());

const memoryOf = (tenant: string, target = 'magda') =>
  createMemory(tenancy.database, { tenant, target }, () => keys);

it('remembers by key, for its own tenant and connector alone, until it forgets', async () => {
  const memory = memoryOf('aalter');
  await memory.write('inschrijving:x', { einde: '2027-01-01' }, { days: 1 });
  await memory.write('inschrijving:x', { einde: '2028-01-01' }, { days: 1 });
  expect(await memory.read('inschrijving:x')).toEqual({ einde: '2028-01-01' });
  for (const other of [memoryOf('beringen'), memoryOf('aalter', 'magda-2')])
    expect(await other.read('inschrijving:x')).toBeNull();
  await memory.forget('inschrijving:x');
  expect(await memory.read('inschrijving:x')).toBeNull();
});

it('keeps what is sealed so that it opens under its own key alone', async () => {
  const memory = memoryOf('aalter');
  await memory.write('whose', { nummer: '85640103336' }, { days: 1, sealed: true });
  expect(await memory.read('whose')).toEqual({ nummer: '85640103336' });
  const moved = await tenancy.database.scoped('aalter', (trx) =>
    sql<{
      value: object;
    }>`update delivery.memory set key = 'other' where key = 'whose' returning value`.execute(trx),
  );
  expect(JSON.stringify(moved.rows)).not.toContain('8564');
  await expect(memory.read('other')).rejects.toThrow();
  await memory.forget('other');
});

it('knows nothing any more whose days have passed, and lets go of it with the next thing', async () => {
  const memory = memoryOf('aalter');
  await memory.write('old', 1, { days: 1 });
  await tenancy.database.scoped('aalter', (trx) =>
    sql`update delivery.memory set keep_until = now() - interval '1 second'`.execute(trx),
  );
  expect(await memory.read('old')).toBeNull();
  await memory.write('new', 2, { days: 1 });
  const kept = await tenancy.database.scoped('*', (trx) =>
    sql<{ key: string }>`select key from delivery.memory`.execute(trx),
  );
  expect(kept.rows).toEqual([{ key: 'new' }]);
});

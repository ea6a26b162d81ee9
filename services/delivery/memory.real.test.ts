import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { aalterYaml, beringenYaml, openTenancy, type Tenancy } from '#infra/testing/tenancy.js';
import { createMemory } from './store/memory.js';

let tenancy: Tenancy;
beforeAll(async () => {
  tenancy = await openTenancy();
  await tenancy.apply(`${beringenYaml}---${aalterYaml}`);
});
afterAll(() => tenancy.drop());

const memoryOf = (tenant: string, target = 'magda') =>
  createMemory(tenancy.database, { tenant, target });

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

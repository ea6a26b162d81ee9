import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ingediend } from '#infra/load/messages.js';
import { persons } from '#infra/load/persons.js';
import { randomFrom } from '#infra/load/random.js';
import { loadTenants } from '#infra/load/tenants.js';
import { leaksIn, leaksInLogs, Watch } from './leaks.js';

const [person] = persons as [(typeof persons)[number]];
const [tenant] = loadTenants(1) as [ReturnType<typeof loadTenants>[number]];
const melding = JSON.stringify(
  ingediend({ tenant, number: 'c-1', id: 'c-1-0', person }, randomFrom(1)),
);

it('a melding that passes in the open is a leak of everything that it says of a person', () => {
  const watch = new Watch('the line');
  watch.look(Buffer.from(melding));
  const { achternaam, email, telefoon, insz } = person;
  expect(watch.leaks).toEqual(
    [achternaam, email, telefoon, insz].map((word) => `leaked: "${word}" went over the line`),
  );
});

it('nothing of a sender, a subject or a tenant is personal', () => {
  expect(leaksIn('a log', `${tenant.id} ${tenant.source} ${tenant.key} c-1-0`)).toEqual([]);
});

it('a line of a log that names a person is found, with its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leaks-'));
  await writeFile(join(folder, 'gateway-0.1.log'), `{"msg":"ok"}\n{"msg":"${person.email}"}\n`);
  expect(await leaksInLogs(folder)).toEqual([
    `leaked: "${person.email}" stands in gateway-0.1.log`,
  ]);
  await rm(folder, { recursive: true });
});

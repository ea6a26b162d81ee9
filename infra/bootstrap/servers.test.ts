import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { stateAt } from './checkout.mjs';
import { freePort } from './ports.mjs';
import { providePostgres, provideRabbitmq } from './servers.mjs';

const state = stateAt(mkdtempSync(join(tmpdir(), 'lb-bus-servers-')));
const quiet = (): undefined => undefined;
afterEach(() => {
  delete process.env['DATABASE_URL'];
  delete process.env['AMQP_URL'];
});

it('says that nothing answers at the address it was given, and starts nothing instead', async () => {
  const port = await freePort();
  process.env['DATABASE_URL'] = `postgres://bus:secret@127.0.0.1:${port}/bus`;
  await expect(providePostgres(state, quiet)).rejects.toThrow(
    `Nothing answers at 127.0.0.1:${port}, which DATABASE_URL names`,
  );
});

it('does not repeat a password that stands in a wrong address', async () => {
  process.env['AMQP_URL'] = 'bus:secret';
  const problem: unknown = await provideRabbitmq({
    state,
    note: quiet,
    signal: new AbortController().signal,
    onStarted: quiet,
  }).catch((error: unknown) => error);
  expect(problem).toMatchObject({ message: 'AMQP_URL is not an address.' });
});

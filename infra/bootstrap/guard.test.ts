import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { until } from '../testing/until.js';
import { root } from './checkout.mjs';
import { identityOf, recorded } from './running.mjs';

const modules = join(root, 'infra/bootstrap');

it('stops what a killed starter left running', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-guard-'));
  const starter = join(folder, 'starter.mjs');
  writeFileSync(
    starter,
    `import { openSession } from ${JSON.stringify(join(modules, 'session.mjs'))};
     import { startChild } from ${JSON.stringify(join(modules, 'child.mjs'))};
     openSession(${JSON.stringify(join(folder, 'run'))}, () => undefined);
     await startChild({ name: 'sleeper', runFolder: ${JSON.stringify(join(folder, 'run'))},
       logFile: ${JSON.stringify(join(folder, 'log'))}, command: 'sleep', args: ['60'], env: process.env,
       stage: 1, signal: 'SIGTERM', patienceMs: 1000 });
     setInterval(() => undefined, 1000);`,
  );
  const process = spawn('node', [starter], { stdio: 'ignore' });
  const sleeper = await until(() => recorded(join(folder, 'run'))[0], { what: 'it is recorded' });
  expect(identityOf(sleeper.pid)).toBe(sleeper.identity);
  process.kill('SIGKILL');
  await until(() => identityOf(sleeper.pid) === undefined, { what: 'the sleeper is stopped' });
  await until(() => recorded(join(folder, 'run')).length === 0, { what: 'it is forgotten' });
});

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { root } from '../bootstrap/checkout.mjs';

const minutes = 3;
const seed = 2026;
/** Slow machines heal and drain slowly: the run has deadlines of its own, which say what has not come. */
const patienceMs = 15 * 60_000;

const run = (): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const args = ['--minutes', String(minutes), '--seed', String(seed), '--nodes', '1'];
    const command = join(root, 'infra/chaos.mjs');
    const child = spawn(process.execPath, [command, ...args, '--rate', '4'], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', resolve);
  });

it(
  'three minutes of faults lose nothing, double nothing, swap nothing and leak nothing',
  async () => {
    expect(await run()).toBe(0);
  },
  patienceMs,
);

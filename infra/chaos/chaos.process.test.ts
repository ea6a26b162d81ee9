import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { root } from '../bootstrap/checkout.mjs';

const minutes = 3;
const seed = 2026;
/** Slow machines heal and drain slowly: the run has deadlines of its own, which say what has not come. */
const patienceMs = 15 * 60_000;

interface Run {
  readonly code: number | null;
  readonly said: string;
}

const run = (): Promise<Run> =>
  new Promise((resolve, reject) => {
    const args = ['--minutes', String(minutes), '--seed', String(seed), '--nodes', '1'];
    const command = join(root, 'infra/chaos.mjs');
    const child = spawn(process.execPath, [command, ...args, '--rate', '4']);
    let said = '';
    const hear = (text: string): void => void (said += text);
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });

it(
  'three minutes of faults lose nothing, double nothing, swap nothing and leak nothing',
  async () => {
    const { code, said } = await run();
    if (code !== 0) process.stdout.write(said);
    expect(code).toBe(0);
  },
  patienceMs,
);

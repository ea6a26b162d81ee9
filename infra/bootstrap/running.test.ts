import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { until } from '../testing/until.js';
import { identityOf, record, recorded, stopRecorded } from './running.mjs';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'lb-bus-run-'));

/** A shell that says when its trap is set, in a process group of its own. */
const shell = async (script: string): Promise<number> => {
  const child = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(() => said.includes('up'), { what: 'the shell runs' });
  return child.pid ?? 0;
};

const patient = 'echo up; while :; do sleep 0.05; done';
const entry = (name: string, pid: number, stage: number) =>
  ({ name, pid, stage, signal: 'SIGTERM', patienceMs: 5_000 }) as const;

it('stops everything, the doors before what they lean on', async () => {
  const run = folder();
  record(run, entry('server', await shell(patient), 4));
  record(run, entry('gateway', await shell(patient), 1));
  const order: string[] = [];
  const stopped = await stopRecorded(run, { onStopped: (name) => order.push(name) });
  expect(stopped.sort()).toEqual(['gateway', 'server']);
  expect(order).toEqual(['gateway', 'server']);
  expect(recorded(run)).toEqual([]);
});

it('kills what does not stop when asked, with its helpers', async () => {
  const run = folder();
  const helperFile = join(run, 'helper');
  const pid = await shell(
    `trap '' TERM; sleep 60 & echo $! > ${helperFile}; echo up; wait; sleep 60`,
  );
  const helper = Number(readFileSync(helperFile, 'utf8'));
  expect(identityOf(helper)).toBeDefined();
  record(run, { ...entry('stubborn', pid, 1), patienceMs: 100 });
  await stopRecorded(run);
  expect(identityOf(pid)).toBeUndefined();
  await until(() => identityOf(helper) === undefined, { what: 'the helper is gone' });
});

it('does not wait for anything when told to stop at once', async () => {
  const run = folder();
  const pid = await shell("trap '' TERM; echo up; while :; do sleep 0.05; done");
  record(run, { ...entry('stubborn', pid, 1), patienceMs: 60_000 });
  await stopRecorded(run, { atOnce: () => true });
  expect(identityOf(pid)).toBeUndefined();
});

it('leaves alone the process that meanwhile has the number of ours', async () => {
  const run = folder();
  const pid = await shell(patient);
  record(run, entry('gateway', pid, 1));
  const file = join(run, 'gateway.json');
  writeFileSync(file, JSON.stringify({ ...entry('gateway', pid, 1), identity: 'another boot:7' }));
  expect(await stopRecorded(run)).toEqual([]);
  expect(identityOf(pid)).toBeDefined();
});

it('runs what clears up after a process, even when the process is gone', async () => {
  const run = folder();
  const pid = await shell(patient);
  const mark = join(run, 'cleared');
  record(run, { ...entry('container', pid, 1), afterwards: ['touch', mark] });
  process.kill(-pid, 'SIGKILL');
  await until(() => identityOf(pid) === undefined, { what: 'the process is gone' });
  await stopRecorded(run);
  expect(() => writeFileSync(mark, '', { flag: 'wx' })).toThrow('EEXIST');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { lockHolder, releaseLock, takeLock } from './lock.mjs';
import { identityOf } from './running.mjs';

const lockFile = (): string => join(mkdtempSync(join(tmpdir(), 'lb-bus-lock-')), 'lock');

it('tells the second who was first', () => {
  const file = lockFile();
  expect(takeLock(file)).toBeUndefined();
  expect(takeLock(file)).toMatchObject({ pid: process.pid });
  releaseLock(file);
  expect(takeLock(file)).toBeUndefined();
});

it('takes over from a process that is gone', async () => {
  const gone = spawn('true');
  const pid = gone.pid ?? 0;
  const identity = identityOf(pid);
  await once(gone, 'exit');
  const file = lockFile();
  writeFileSync(file, JSON.stringify({ pid, identity, since: '2026-01-05T08:00:00Z' }));
  expect(lockHolder(file)).toBeUndefined();
  expect(takeLock(file)).toBeUndefined();
  expect(lockHolder(file)).toMatchObject({ pid: process.pid });
});

it('takes over from another process that had the number of a running one', () => {
  const file = lockFile();
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'earlier boot:1' }));
  expect(takeLock(file)).toBeUndefined();
});

it('leaves the lock of another alone', () => {
  const file = lockFile();
  writeFileSync(file, JSON.stringify({ pid: process.ppid, identity: identityOf(process.ppid) }));
  releaseLock(file);
  expect(existsSync(file)).toBe(true);
});

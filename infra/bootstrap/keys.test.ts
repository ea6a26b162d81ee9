import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeyFile } from '#runtime/keys.js';
import { sealingKeyOf } from '#runtime/sealing.js';
import { expect, it } from '@jest/globals';
import { ensureKeys } from './keys.mjs';

it('makes different keys once, which the processes can read and nobody else', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'lb-bus-keys-')), 'keys');
  const files = Object.values(ensureKeys(folder));
  const before = files.map((file) => readFileSync(file, 'utf8'));
  expect(new Set(before).size).toBe(3);
  expect(Object.values(ensureKeys(folder)).map((file) => readFileSync(file, 'utf8'))).toEqual(
    before,
  );
  for (const file of files) {
    expect(readKeyFile(file)[0].bytes).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o400);
  }
});

it('gives monitoring the public half of the secret key that is current', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-keys-'));
  const { secretKeyFile, sealingKeyFile } = ensureKeys(folder);
  expect(readKeyFile(sealingKeyFile)).toEqual([sealingKeyOf(readKeyFile(secretKeyFile)[0])]);
  const former = readFileSync(secretKeyFile, 'utf8');
  chmodSync(secretKeyFile, 0o600);
  writeFileSync(secretKeyFile, `k2:${Buffer.alloc(32, 2).toString('base64')}\n${former}`);
  ensureKeys(folder);
  expect(readKeyFile(sealingKeyFile)).toEqual([sealingKeyOf(readKeyFile(secretKeyFile)[0])]);
});

import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeyFile } from '#runtime/keys.js';
import { expect, it } from '@jest/globals';
import { ensureKeys } from './keys.mjs';

it('makes two different keys once, which the processes can read and nobody else', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'lb-bus-keys-')), 'keys');
  const files = Object.values(ensureKeys(folder));
  const before = files.map((file) => readFileSync(file, 'utf8'));
  expect(new Set(before).size).toBe(2);
  expect(Object.values(ensureKeys(folder)).map((file) => readFileSync(file, 'utf8'))).toEqual(
    before,
  );
  for (const file of files) {
    expect(readKeyFile(file)[0].bytes).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o400);
  }
});

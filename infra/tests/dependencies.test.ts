import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { packageRoot } from '#runtime/root.js';

const rows = [
  ...readFileSync(join(packageRoot, 'docs/operate/dependencies.md'), 'utf8').matchAll(
    /^\| `([a-z-]+)`/gm,
  ),
].map(([, id = '']) => id);

/** `[row]` at the beginning of a title, wherever it stands: in `it`, or in the rows of `it.each`. */
const titled = execFileSync(
  'git',
  [
    'grep',
    '-hoE',
    '--untracked',
    "'\\[[a-z]+(-[a-z]+)+\\] ",
    '--',
    '*.test.ts',
    ':!monitoring/console',
  ],
  { cwd: packageRoot, encoding: 'utf8' },
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.replace(/^'\[|\] $/g, ''));

it('has a test for each row of the table of dependencies, and a row for each such test', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(new Set(rows).size).toBe(rows.length);
  expect([...new Set(titled)].sort()).toEqual([...rows].sort());
});

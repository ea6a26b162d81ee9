import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '#runtime/root.js';

const pages = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  { cwd: packageRoot, encoding: 'utf8' },
)
  .split('\n')
  .filter((page) => page !== '' && existsSync(join(packageRoot, page)));

const textOf = (page: string): string => readFileSync(join(packageRoot, page), 'utf8');

/** Commands in fenced shell blocks and in `code` words. */
const commandsIn = (page: string, start: RegExp): string[] =>
  [...textOf(page).matchAll(/`(?:sh\n)?([^`]+)`/g)]
    .flatMap((match) => (match[1] ?? '').split('\n'))
    .map((line) => line.trim())
    .filter((line) => start.test(line));

it('finds the pages', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/operate.md']));
});

it.each(pages)('%s links only to what exists', (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
    (match) => match[1] ?? '',
  );
  const broken = links.filter((link) => !existsSync(join(packageRoot, dirname(page), link)));
  expect(broken).toEqual([]);
});

it.each(pages)('%s names only npm scripts that exist', (page) => {
  const scripts = Object.keys(
    (JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts,
  );
  const named = commandsIn(page, /^npm (start|test|run)\b/).map((line) => {
    const [, first = '', second = ''] = line.split(/\s+/);
    return first === 'run' ? second : first;
  });
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

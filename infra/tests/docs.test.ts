import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { createProgram } from '#infra/cli/program.js';
import { packageRoot } from '#runtime/root.js';

const pages = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  { cwd: packageRoot, encoding: 'utf8' },
)
  .split('\n')
  .filter((page) => page !== '' && existsSync(join(packageRoot, page)));

const textOf = (page: string): string => readFileSync(join(packageRoot, page), 'utf8');

const fence = /^```\w*\n([\s\S]*?)^```$/gm;

/** Commands in fenced blocks and in `code` words. */
const commandsIn = (page: string, start: RegExp): string[] => {
  const text = textOf(page);
  const blocks = [...text.matchAll(fence)].flatMap(([, block = '']) => block.split('\n'));
  const words = [...text.replace(fence, '').matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word);
  return [...blocks, ...words].map((line) => line.trim()).filter((line) => start.test(line));
};

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

const program = createProgram();

/** The command that words name, and the words after it; null where there is no such command. */
const commandOf = (words: readonly string[], from: Command = program): Command | null => {
  if (from.commands.length === 0) return from;
  const next = from.commands.find((command) => command.name() === words[0]);
  if (next) return commandOf(words.slice(1), next);
  // One that does something itself, and has others below it.
  return from.options.length > 0 && !/^[a-z]/.test(words[0] ?? '') ? from : null;
};

it.each(pages)('%s names only commands of lb-bus that exist, with options that exist', (page) => {
  const wrong = commandsIn(page, /^(npx )?lb-bus [a-z]/).filter((line) => {
    const words = line.replace(/^(npx )?lb-bus /, '').split(/\s+/);
    const command = commandOf(words);
    const options = words.filter((word) => /^--?[a-z]/.test(word));
    const known = command?.options.flatMap(({ short, long }) => [short, long]) ?? [];
    return !command || options.some((option) => !known.includes(option));
  });
  expect(wrong).toEqual([]);
});

it('explains every setting that a process reads', () => {
  const read = execFileSync(
    'git',
    ['grep', '-hoE', "'LBBUS_[A-Z_]+'", '--', 'services/*.ts', 'gateway/*.ts', 'monitoring/*.ts'],
    { cwd: packageRoot, encoding: 'utf8' },
  );
  const names = new Set(read.split('\n').map((name) => name.replaceAll("'", '')));
  const explained = textOf('docs/operate.md');
  const ofTests = /^LBBUS_TEST_|^$/;
  const unexplained = [...names].filter((name) => !ofTests.test(name) && !explained.includes(name));
  expect(unexplained).toEqual([]);
});

import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import type { Command } from 'commander';
import { completionOf } from './completion.js';
import { createProgram } from './program.js';

const program = createProgram();

/** What bash offers after these words, the last of which is being typed. */
const offered = (...words: string[]): string[] => {
  const script = [
    completionOf(program, 'bash'),
    `COMP_WORDS=(${['lb-bus', ...words].map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length}`,
    '_lb_bus',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const out = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  return out.split('\n').filter((word) => word !== '');
};

it.each<[string[], string[]]>([
  [['re'], ['register', 'release', 'replay', 'restore']],
  [
    ['parked', ''],
    ['discard', 'edit'],
  ],
  [['parked', 'discard', '--me'], ['--message']],
  [['tenant', 'new', 'dessel', '--conn'], ['--connectors']],
  [['replay', '--tenant', 'aalter', '--dry'], ['--dry-run']],
  [['get', 'cred'], ['credentials']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
])('bash completes %j', (words, expected) => {
  expect(offered(...words)).toEqual(expect.arrayContaining(expected));
});

it('offers only what fits where one is', () => {
  expect(offered('parked', 'disc')).toEqual(['discard']);
  expect(offered('hold', '--tar')).toEqual([]);
});

const everyCommand = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

it.each(['bash', 'zsh', 'fish'] as const)('%s knows every command and every option', (shell) => {
  const script = completionOf(program, shell);
  const words = everyCommand(program).flatMap((command) => [
    ...command.commands.map((below) => below.name()),
    ...command.options.flatMap(({ long }) => (long ? [long.slice(2)] : [])),
  ]);
  expect(words.filter((word) => !script.includes(word))).toEqual([]);
});

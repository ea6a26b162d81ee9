import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { cacheFolder, root } from './checkout.mjs';

const atOnce = 2;

/** @typedef {{ name: string, script: readonly string[] }} Check */

/** @type {(path: string, ...args: string[]) => readonly string[]} */
const library = (path, ...args) => [join(root, 'node_modules', path), ...args];

const folders = ['schemas-oslo', 'connectors', 'services', 'gateway', 'monitoring', 'infra'];

/**
 * The static checks, the longest first so that two cores end together. Each is a Node program that exits with 0.
 * @type {readonly Check[]}
 */
export const checks = [
  {
    name: 'eslint',
    script: library(
      'eslint/bin/eslint.js',
      '--config',
      'infra/tooling/eslint.config.mjs',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-strategy',
      'content',
      '--cache-location',
      join(cacheFolder, 'eslint/'),
      ...folders,
    ),
  },
  {
    name: 'types',
    script: library('typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.json'),
  },
  {
    name: 'types, erasable',
    script: library('typescript/bin/tsc', '--project', 'infra/tooling/tsconfig.erasable.json'),
  },
  {
    name: 'arrows',
    script: library(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      'infra/tooling/dependency-cruiser.cjs',
      '--output-type',
      'err',
      ...folders,
    ),
  },
  {
    name: 'unused',
    script: library('knip/bin/knip.js', '--config', 'infra/tooling/knip.json', '--no-progress'),
  },
  {
    name: 'format',
    script: library(
      'prettier/bin/prettier.cjs',
      '--check',
      '--log-level',
      'warn',
      '--ignore-path',
      'infra/tooling/prettierignore',
      '--cache',
      '--cache-strategy',
      'content',
      '--cache-location',
      join(cacheFolder, 'prettier'),
      '.',
    ),
  },
  { name: 'generated files', script: [join(root, 'infra/generate.mjs'), '--check'] },
];

/**
 * Runs all checks, two at a time; prints the output of each that fails.
 * @param {import('./steps.mjs').Steps} steps
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export const runChecks = async (steps, signal) => {
  const waiting = [...checks];
  let failed = 0;
  const work = async () => {
    for (let check = waiting.shift(); check && !signal?.aborted; check = waiting.shift()) {
      const { name, script } = check;
      let said = '';
      await steps
        .run(name, async () => {
          const { code, output } = await runCommand(process.execPath, script, {
            cwd: root,
            ...(signal && { signal }),
          });
          said = output.trimEnd();
          if (code !== 0) throw new Error(`${name} failed`);
        })
        .catch(() => {
          failed += 1;
          steps.print(said);
        });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { passed: checks.length - waiting.length - failed, failed };
};

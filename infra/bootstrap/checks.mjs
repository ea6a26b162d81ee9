import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { root } from './checkout.mjs';

const atOnce = 2;

/** Where each core has a check of its own, threads that collect garbage beside it cost a quarter more processor. */
const engine = ['--single-threaded-gc', '--max-semi-space-size=128'];

/** @typedef {{ name: string, script: readonly string[] }} Check */

/** @type {(path: string, args: string) => readonly string[]} */
const library = (path, args) => [join(root, 'node_modules', path), ...args.split(' ')];

const folders = 'schemas-oslo connectors services gateway monitoring infra';
const tooling = 'infra/tooling';
const cache = '--cache --cache-strategy content --cache-location .lb-bus/cache/prettier';

/**
 * The static checks, the longest first so that two cores end together. Each is a Node program that exits with 0.
 * @type {readonly Check[]}
 */
const checks = [
  {
    name: 'format',
    script: library(
      'prettier/bin/prettier.cjs',
      `--check --log-level warn --ignore-path ${tooling}/prettierignore ${cache} .`,
    ),
  },
  {
    name: 'arrows',
    script: library(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      `--config ${tooling}/dependency-cruiser.cjs --output-type err ${folders}`,
    ),
  },
  {
    // The settings of the build tell it which source stands behind a file of dist.
    name: 'unused',
    script: library(
      'knip/bin/knip.js',
      `--config ${tooling}/knip.json --tsConfig tsconfig.build.json --no-progress`,
    ),
  },
  // Each file with the types of the nearest tsconfig.json: the browser has others around it than the servers.
  { name: 'types and lint', script: library('oxlint/bin/oxlint', '--deny-warnings .') },
  { name: 'generated files', script: [join(root, 'infra/generate.mjs'), '--check'] },
];

/**
 * Runs all checks, two at a time; prints the output of each that fails.
 * @param {import('./steps.mjs').Steps} steps
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ passed: number, failed: number, failures: readonly string[] }>}
 */
export const runChecks = async (steps, signal) => {
  const waiting = [...checks];
  /** @type {string[]} */
  const failures = [];
  const work = async () => {
    for (let check = waiting.shift(); check && !signal?.aborted; check = waiting.shift()) {
      const { name, script } = check;
      let said = '';
      await steps
        .run(name, async () => {
          const { code, output } = await runCommand(process.execPath, [...engine, ...script], {
            cwd: root,
            ...(signal && { signal }),
          });
          said = output.trimEnd();
          if (code !== 0) throw new Error(`${name} failed`);
        })
        .catch(() => {
          failures.push(name);
          steps.print(said);
        });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const failed = failures.length;
  return { passed: checks.length - waiting.length - failed, failed, failures };
};

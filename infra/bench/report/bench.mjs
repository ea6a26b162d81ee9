import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bootstrap/checkout.mjs';
import { built, serversFor } from '../built.mjs';
import { keepResult, keptResults } from './result.mjs';

const page = join(root, 'docs', 'capacity.md');
/** Of the processors: more than that changes what is measured. */
const littleTaken = 0.02;

/**
 * Prints what a bench shows; what it says meanwhile stands further in.
 * @param {(line: string) => void} print
 * @returns {(lines: readonly string[]) => void}
 */
export const showBy = (print) => (lines) => {
  for (const line of lines) print(`  ${line}`.trimEnd());
};

/**
 * Does a bench and keeps what it showed.
 * @param {string} name
 * @param {(run: import('../built.mjs').Run) => Promise<boolean>} bench
 * @param {Omit<import('../built.mjs').Run, 'keep' | 'show'>} run
 */
export const doAndKeep = async (name, bench, { ground, options, print }) => {
  /** @type {string[]} */
  const lines = [];
  /** @type {Readonly<Record<string, number>>} */
  let measured = {};
  /** @param {readonly string[]} shown */
  const show = (shown) => {
    showBy(print)(shown);
    lines.push(...shown);
  };
  const { watchMachine } = /** @type {typeof import('../processor.js')} */ (
    await built('processor.js')
  );
  const used = watchMachine();
  const met = await bench({
    ground,
    options,
    print,
    show,
    keep: (numbers) => {
      measured = numbers;
    },
  });
  const { taken } = used();
  if (taken > littleTaken)
    show([
      `Meanwhile ${Math.round(100 * taken)} % of the processors were given to other machines.`,
    ]);
  const { machineOf } = /** @type {typeof import('./machine.js')} */ (
    await built('report/machine.js')
  );
  const machine = await machineOf(await serversFor(ground, name));
  const at = new Date().toISOString();
  keepResult({ name, met, at, seconds: options.seconds, machine, lines, measured });
  return met;
};

/**
 * Each bench in a process and on servers of its own, one after the other; answers which did not come to their end.
 * @param {readonly string[]} names
 * @param {readonly string[]} options
 */
const runEach = async (names, options) => {
  /** @type {string[]} */
  const broken = [];
  for (const name of names) {
    console.log(`\n${name}\n`);
    const begunAt = new Date().toISOString();
    const args = [join(root, 'infra', 'bench.mjs'), name, ...options];
    await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
    const kept = keptResults().some((result) => result.name === name && result.at > begunAt);
    if (!kept) broken.push(name);
  }
  return broken;
};

/**
 * Runs the benches and writes the page, of the last result of each; where none is named, of what was measured before.
 * @param {readonly string[]} names
 * @param {readonly string[]} options
 * @returns {Promise<number>} the exit code
 */
export const report = async (names, options) => {
  const broken = await runEach(names, options);
  if (broken.length > 0) console.log(`\nThese did not come to their end: ${broken.join(', ')}.`);
  const results = keptResults();
  if (results.length === 0) {
    console.log('\nNothing was measured yet: run npm run bench -- all');
    return 1;
  }
  const { pageOf } = /** @type {typeof import('./page.js')} */ (await built('report/page.js'));
  writeFileSync(page, pageOf(results));
  console.log('\ndocs/capacity.md is written.');
  return broken.length === 0 ? 0 : 1;
};

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { root } from './checkout.mjs';
import { installDependencies } from './dependencies.mjs';
import { explain } from './problem.mjs';

/**
 * `node infra/seed.mjs [--tenants 300] [--messages 10000000] [--days 400]`: fills the database of `DATABASE_URL` as after years.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export const seedCommand = async (args) => {
  try {
    await installDependencies(() => undefined);
    await buildIfStale(() => undefined);
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
  const main = join(root, 'dist', 'infra', 'seed', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], {
    stdio: 'inherit',
  });
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
};

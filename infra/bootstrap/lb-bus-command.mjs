import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { ownState, recall, root } from './checkout.mjs';
import { installDependencies } from './dependencies.mjs';
import { lockHolder } from './lock.mjs';
import { explain } from './problem.mjs';
import { commandLine } from './roles.mjs';

/**
 * What a running start of this checkout published, so that the commands find its servers; the caller's own
 * environment comes first.
 * @returns {NodeJS.ProcessEnv}
 */
const environment = () => {
  const published = lockHolder(ownState.lock) ? recall(ownState).environment : {};
  return { ...published, ...process.env };
};

/** A deployed image has dist and no compiler: there is nothing to build then. */
const canBuild = () =>
  !existsSync(commandLine) || existsSync(join(root, 'node_modules', '@nestjs', 'cli'));

/**
 * `lb-bus`: builds what is stale, then runs the command line of the bus with these arguments.
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export const lbBusCommand = async (args) => {
  try {
    if (canBuild()) {
      await installDependencies(() => undefined);
      await buildIfStale(() => undefined);
    }
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
  const child = spawn(process.execPath, ['--enable-source-maps', commandLine, ...args], {
    env: environment(),
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to both of us; the command decides what it means.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
};

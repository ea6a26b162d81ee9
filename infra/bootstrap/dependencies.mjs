import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lastOf, runCommand } from './command.mjs';
import { readJson, root } from './checkout.mjs';
import { SetupProblem } from './problem.mjs';

const countMs = 500;

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} Locked
 * @typedef {{ packages?: Record<string, Locked> }} Lock
 */

/**
 * Whether node_modules is what the lock file says. npm writes its own list (`node_modules/.package-lock.json`) as the
 * last act of an installation, so an interrupted one has none. Optional packages may be missing: those of other systems.
 * @param {Lock | undefined} lock
 * @param {Lock | undefined} installed
 */
export const isInstalled = (lock, installed) => {
  if (!lock?.packages || !installed?.packages) return false;
  const there = installed.packages;
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const agree = wanted.every(([path, { version, integrity, optional }]) => {
    const found = there[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
  const known = new Set(wanted.map(([path]) => path));
  return agree && Object.keys(there).every((path) => known.has(path));
};

/** @param {string} file */
const readLock = (file) => /** @type {Lock | undefined} */ (readJson(file));

/** @param {string} folder */
export const dependenciesAreFresh = (folder) =>
  isInstalled(
    readLock(join(folder, 'package-lock.json')),
    readLock(join(folder, 'node_modules', '.package-lock.json')),
  );

/**
 * npm says what went wrong first, and how to use it after that.
 * @param {string} output
 */
const complaint = (output) => {
  const errors = output.split('\n').filter((line) => /^npm (error|ERR!) \S/.test(line));
  return errors.length > 0 ? errors.slice(0, 12).join('\n') : lastOf(output);
};

const networkErrors =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/;

/**
 * @param {string} output what npm said
 * @param {string | undefined} reason why the registry could not be reached, where it was known before
 */
const installProblem = (output, reason) => {
  const code = reason ?? networkErrors.exec(output)?.[0];
  if (code)
    return new SetupProblem(
      `npm cannot reach the package registry (${code}).`,
      [
        'check the network, and the proxy and registry that npm uses (npm config list)',
        'on a machine without network: copy node_modules from one that has the same package-lock.json',
      ],
      { detail: complaint(output) },
    );
  if (output.includes('ENOSPC'))
    return new SetupProblem('The disk is full.', 'free at least 1 GB and try again');
  return new SetupProblem(
    'npm could not install the dependencies.',
    'put right what npm says above and try again',
    { detail: complaint(output) },
  );
};

/** npm as it runs us, else the one in PATH. */
const npm = () => {
  const script = process.env['npm_execpath'];
  return script?.endsWith('.js') && existsSync(script)
    ? { command: process.execPath, args: [script] }
    : { command: 'npm', args: [] };
};

/**
 * How many packages of the first level are there; npm makes their folders first and fills them then.
 * @param {string} folder
 * @param {readonly string[]} names
 */
const unpacked = (folder, names) =>
  names.filter((name) => existsSync(join(folder, 'node_modules', name, 'package.json'))).length;

const pingMs = 20_000;

/**
 * Why the registry cannot be reached; undefined where it answers, whatever it says. Asked first, since npm ci itself
 * takes minutes to give up.
 * @param {AbortSignal | undefined} signal
 */
const unreachable = async (signal) => {
  const { command, args } = npm();
  const { code, output } = await runCommand(command, [...args, 'ping', '--fetch-retries=0'], {
    cwd: root,
    timeoutMs: pingMs,
    ...(signal && { signal }),
  });
  if (code === 0) return undefined;
  return code === -1 ? `no answer within ${pingMs / 1000} s` : networkErrors.exec(output)?.[0];
};

/**
 * Runs `npm ci` where node_modules is missing or is not what package-lock.json says.
 * @param {(text: string) => void} note
 * @param {AbortSignal} [signal]
 * @param {string} [folder] of package.json
 */
export const installDependencies = async (note, signal, folder = root) => {
  const lock = readLock(join(folder, 'package-lock.json'));
  const names = Object.entries(lock?.packages ?? {})
    .filter(([path, { optional }]) => path.split('node_modules/').length === 2 && !optional)
    .map(([path]) => path.slice('node_modules/'.length));
  if (dependenciesAreFresh(folder)) {
    note(`${names.length} packages, fresh`);
    return;
  }
  note('looking for the package registry');
  const reason = await unreachable(signal);
  note('npm ci');
  const counter = setInterval(() => {
    note(`npm ci: ${unpacked(folder, names)} of ${names.length} packages`);
  }, countMs);
  const { command, args } = npm();
  const { code, output } = await runCommand(
    command,
    [...args, 'ci', '--no-progress', ...(reason ? ['--offline'] : [])],
    {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'development' },
      ...(signal && { signal }),
    },
  );
  clearInterval(counter);
  if (code !== 0) throw installProblem(output, reason);
  note(`${names.length} packages installed`);
};

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, readJson, root, writeJson } from './checkout.mjs';
import { lastOf, runCommand } from './command.mjs';
import { withLock } from './lock.mjs';
import { SetupProblem } from './problem.mjs';

const folder = join(root, 'monitoring', 'console');
const output = join(root, 'dist', 'monitoring', 'console');
const record = join(cacheFolder, 'build-console.json');

/** What the console takes from elsewhere, and how it is built. */
const besides = [
  join(root, 'package-lock.json'),
  join(root, 'monitoring', 'people', 'rights.ts'),
  fileURLToPath(import.meta.url),
];

/** What the console is built from: no tests. */
const sources = () => [
  ...besides,
  ...readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(),
];

const digestOfSources = () => {
  const digest = createHash('sha256').update(process.versions.node);
  for (const file of sources())
    digest.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return digest.digest('hex');
};

const isBuilt = () => existsSync(join(output, 'index.html')) && existsSync(join(output, 'assets'));

/** @param {string} digest */
const isFresh = (digest) =>
  isBuilt() && /** @type {{ digest?: string } | undefined} */ (readJson(record))?.digest === digest;

/** @param {AbortSignal | undefined} signal */
const bundle = async (signal) => {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(folder, 'vite.config.ts');
  const { code, output: said } = await runCommand(
    process.execPath,
    [vite, 'build', '--config', config, '--logLevel', 'warn'],
    // In tests, and at many a desk, it says something else: then Vite would bundle what its libraries have for development.
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' }, ...(signal && { signal }) },
  );
  if (code !== 0)
    throw new SetupProblem('The build of the console failed.', 'put right what Vite says above', {
      detail: lastOf(said, 40),
    });
};

/**
 * Builds the console into dist where one of its sources changed since the last build; answers whether it did.
 * @param {AbortSignal} [signal]
 * @returns {Promise<boolean>}
 */
export const buildConsoleIfStale = (signal) =>
  withLock(join(cacheFolder, 'build-console.lock'), async () => {
    const digest = digestOfSources();
    if (isFresh(digest)) return false;
    rmSync(record, { force: true });
    await bundle(signal);
    if (digestOfSources() === digest) writeJson(record, { digest });
    return true;
  });

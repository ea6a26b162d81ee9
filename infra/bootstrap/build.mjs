import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, rmdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { lastOf, runCommand } from './command.mjs';
import { buildConsoleIfStale } from './build-console.mjs';
import { cacheFolder, readJson, root, writeJson } from './checkout.mjs';
import { withLock } from './lock.mjs';
import { SetupProblem } from './problem.mjs';

const folders = ['schemas-oslo', 'connectors', 'services', 'gateway', 'monitoring', 'infra'];
const settings = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
// As in tsconfig.build.json.
const apart = new Set([join('monitoring', 'console'), join('infra', 'tests')]);
const apartAnywhere = new Set(['node_modules', 'testing']);

/**
 * Paths of the TypeScript that is built, relative to `folder`: no tests, no declarations.
 * @param {string} folder
 * @returns {string[]}
 */
export const sources = (folder) => {
  /** @type {(below: string) => string[]} */
  const walk = (below) =>
    readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory())
        return apart.has(path) || apartAnywhere.has(entry.name) ? [] : walk(path);
      return /(?<!\.test|\.d)\.ts$/.test(entry.name) ? [path] : [];
    });
  return folders
    .filter((below) => existsSync(join(folder, below)))
    .flatMap(walk)
    .sort();
};

/**
 * Changes as soon as anything that the build reads changes.
 * @param {string} folder
 */
export const digestOfSources = (folder) => {
  const digest = createHash('sha256').update(process.versions.node);
  const present = settings.filter((file) => existsSync(join(folder, file)));
  for (const file of [...present, ...sources(folder)])
    digest.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return digest.digest('hex');
};

// Built by itself: its files have names of their own.
const consoleOutput = join('monitoring', 'console') + sep;

/** @param {string} source */
const outputOf = (source) => source.replace(/\.ts$/, '.js');

/**
 * Removes from dist what no source makes any more: a connector that was deleted would still be discovered.
 * @param {string} folder
 * @returns {string[]} what was removed, relative to dist
 */
export const sweep = (folder) => {
  const dist = join(folder, 'dist');
  if (!existsSync(dist)) return [];
  const wanted = new Set(sources(folder).map(outputOf));
  const stale = readdirSync(dist, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(consoleOutput))
    .filter((file) => /\.js(\.map)?$/.test(file) && !wanted.has(file.replace(/\.map$/, '')));
  for (const file of stale) {
    rmSync(join(dist, file));
    removeEmptyAbove(dist, file);
  }
  return stale;
};

/**
 * @param {string} dist
 * @param {string} file
 */
const removeEmptyAbove = (dist, file) => {
  const parts = file.split(sep).slice(0, -1);
  for (; parts.length > 0; parts.pop()) {
    const folder = join(dist, ...parts);
    if (readdirSync(folder).length > 0) return;
    rmdirSync(folder);
  }
};

/** @param {string} folder */
const missingOutputs = (folder) =>
  sources(folder).filter((source) => !existsSync(join(folder, 'dist', outputOf(source))));

const record = join(cacheFolder, 'build.json');

/** @returns {string | undefined} */
const builtFrom = () => /** @type {{ digest?: string } | undefined} */ (readJson(record))?.digest;

/** @param {AbortSignal | undefined} signal */
const compile = async (signal) => {
  const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const { code, output } = await runCommand(process.execPath, [nest, 'build', 'gateway'], {
    cwd: root,
    ...(signal && { signal }),
  });
  if (code !== 0)
    throw new SetupProblem('The build failed.', 'put right what the compiler says above', {
      detail: lastOf(output, 40),
    });
};

/**
 * @param {(text: string) => void} note
 * @param {AbortSignal | undefined} signal
 */
const buildServersIfStale = (note, signal) =>
  withLock(join(cacheFolder, 'build.lock'), async () => {
    const digest = digestOfSources(root);
    const files = sources(root).length;
    if (builtFrom() === digest && missingOutputs(root).length === 0) {
      note(`${files} files, fresh`);
      return;
    }
    rmSync(record, { force: true });
    // The compiler skips what it believes to have written; it does not notice that an output was deleted.
    if (missingOutputs(root).length > 0)
      rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
    note(`compiling ${files} files`);
    await compile(signal);
    sweep(root);
    if (digestOfSources(root) === digest) writeJson(record, { digest });
    note(`${files} files compiled`);
  });

/**
 * Builds dist where a source or setting changed since the last build, and takes out of it what has no source. The
 * console, which is built by itself, goes along.
 * @param {(text: string) => void} note
 * @param {AbortSignal} [signal]
 */
export const buildIfStale = async (note, signal) => {
  // The other ends too before this does: nothing writes to dist behind its back.
  const outcomes = await Promise.allSettled([
    buildServersIfStale(note, signal),
    buildConsoleIfStale(signal),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
};

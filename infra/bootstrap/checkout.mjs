import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Everything that start and test keep outside version control lies below one folder.
 * @param {string} folder
 */
export const stateAt = (folder) => ({
  folder,
  /** What runs now: see `running.mjs`. */
  run: join(folder, 'run'),
  log: join(folder, 'log'),
  keys: join(folder, 'keys'),
  attachments: join(folder, 'attachments'),
  postgres: join(folder, 'postgres'),
  rabbitmq: join(folder, 'rabbitmq'),
  remembered: join(folder, 'state.json'),
  /** Held by the program that uses the folder. */
  lock: join(folder, 'lock'),
});

/** @typedef {ReturnType<typeof stateAt>} State */

/** Where `npm start` keeps its data. */
export const ownState = stateAt(process.env['LBBUS_STATE_DIR'] ?? join(root, '.lb-bus'));

/** Caches that every command of this checkout shares: of the build and prettier. */
export const cacheFolder = join(root, '.lb-bus', 'cache');

/**
 * Parsed JSON, or undefined where the file is missing or half-written.
 * @param {string} file
 * @returns {unknown}
 */
export const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/**
 * Whole or not at all, readable by the owner only.
 * @param {string} file
 * @param {unknown} value
 */
export const writeJson = (file, value) => {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
};

/**
 * What an earlier start chose (ports) and what this one published (environment of the CLI).
 * @typedef {{ ports?: Record<string, number>, environment?: Record<string, string> }} Remembered
 */

/**
 * @param {State} state
 * @returns {Remembered}
 */
export const recall = (state) =>
  /** @type {Remembered | undefined} */ (readJson(state.remembered)) ?? {};

/**
 * @param {State} state
 * @param {Remembered} news
 */
export const remember = (state, news) => {
  writeJson(state.remembered, { ...recall(state), ...news });
};

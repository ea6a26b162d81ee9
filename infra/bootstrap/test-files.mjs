import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The jest projects, cheapest first: without services, with RabbitMQ and PostgreSQL, with our own processes too. */
export const projects = /** @type {const} */ (['unit', 'real', 'process']);

/** @typedef {typeof projects[number]} Project */

const folders = ['schemas-oslo', 'connectors', 'services', 'gateway', 'monitoring', 'infra'];

/**
 * @param {string} file
 * @returns {Project}
 */
export const projectOf = (file) => {
  if (file.endsWith('.process.test.ts')) return 'process';
  return file.endsWith('.real.test.ts') ? 'real' : 'unit';
};

/**
 * What `npm test -- <patterns> <jest options>` means: patterns are regular expressions on the path, up to the first option.
 * @param {readonly string[]} args
 */
export const parseArguments = (args) => {
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const cut = firstOption === -1 ? args.length : firstOption;
  return { patterns: args.slice(0, cut), options: args.slice(cut) };
};

/**
 * Test files by project, those that match one of the patterns.
 * @param {string} root
 * @param {readonly string[]} patterns
 * @returns {Record<Project, string[]>}
 */
export const findTests = (root, patterns) => {
  const wanted = patterns.map((pattern) => new RegExp(pattern));
  const files = folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).map((entry) =>
        join(entry.parentPath, entry.name),
      ),
    )
    .filter((file) => file.endsWith('.test.ts') && !file.includes('/node_modules/'))
    .filter((file) => wanted.length === 0 || wanted.some((pattern) => pattern.test(file)))
    .sort();
  return {
    unit: files.filter((file) => projectOf(file) === 'unit'),
    real: files.filter((file) => projectOf(file) === 'real'),
    process: files.filter((file) => projectOf(file) === 'process'),
  };
};

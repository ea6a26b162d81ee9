import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readJson, root } from './checkout.mjs';
import { isInstalled } from './dependencies.mjs';

const pino = { version: '10.4.0', integrity: 'sha512-a' };
const binary = { version: '1.0.0', integrity: 'sha512-b', optional: true };
const lock = {
  packages: { '': {}, 'node_modules/pino': pino, 'node_modules/binary-of-another-system': binary },
};

type Packages = Record<string, { optionalDependencies?: Record<string, string> }>;

/** Whether a package that lies at `path` finds `name` as Node would: beside it, or further up. */
const finds = (packages: Packages, path: string, name: string): boolean => {
  const levels = path === '' ? [] : path.split('/node_modules/');
  return [...levels.keys(), levels.length].some((depth) => {
    const above = levels.slice(0, depth).join('/node_modules/');
    return `${above === '' ? '' : `${above}/`}node_modules/${name}` in packages;
  });
};

it('names the optional packages of every platform in the lock file, without which npm ci refuses', () => {
  const { packages } = readJson(join(root, 'package-lock.json')) as { packages: Packages };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !finds(packages, path, name)),
  );
  expect(missing).toEqual([]);
});

describe('dependencies', () => {
  it('are fresh when all are there, but for optional ones of another system', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/pino': pino } })).toBe(true);
  });

  it('are stale without the list that npm writes last: the installation was interrupted', () => {
    expect(isInstalled(lock, undefined)).toBe(false);
  });

  it('are stale when one is missing', () => {
    expect(isInstalled(lock, { packages: {} })).toBe(false);
  });

  it('are stale when one has another version, or the same version with other content', () => {
    for (const other of [
      { ...pino, version: '10.4.1' },
      { ...pino, integrity: 'sha512-c' },
    ])
      expect(isInstalled(lock, { packages: { 'node_modules/pino': other } })).toBe(false);
  });

  it('are stale when one is there that the lock file does not name', () => {
    const packages = { 'node_modules/pino': pino, 'node_modules/left-pad': pino };
    expect(isInstalled(lock, { packages })).toBe(false);
  });
});

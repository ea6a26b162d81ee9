import { describe, expect, it } from '@jest/globals';
import { isInstalled } from './dependencies.mjs';

const pino = { version: '10.4.0', integrity: 'sha512-a' };
const binary = { version: '1.0.0', integrity: 'sha512-b', optional: true };
const lock = {
  packages: { '': {}, 'node_modules/pino': pino, 'node_modules/binary-of-another-system': binary },
};

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

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { findTests, parseArguments } from './test-files.mjs';

const checkout = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-tests-'));
  const folders = ['schemas-oslo', 'connectors', 'services', 'gateway', 'monitoring', 'infra'];
  for (const name of folders) mkdirSync(join(folder, name));
  for (const file of [
    'services/bus/settle.test.ts',
    'services/bus/link.real.test.ts',
    'infra/tests/way.process.test.ts',
  ]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
};

it('sorts the tests by what they need', () => {
  const folder = checkout();
  expect(findTests(folder, [])).toEqual({
    unit: [join(folder, 'services/bus/settle.test.ts')],
    real: [join(folder, 'services/bus/link.real.test.ts')],
    process: [join(folder, 'infra/tests/way.process.test.ts')],
  });
});

it('keeps those that match a pattern', () => {
  const { unit, real, process } = findTests(checkout(), ['settle', 'way\\.process']);
  expect([unit.length, real.length, process.length]).toEqual([1, 0, 1]);
});

it('takes words for patterns up to the first option, which jest gets with what follows', () => {
  expect(parseArguments(['services/bus', '-t', 'acks once'])).toEqual({
    patterns: ['services/bus'],
    options: ['-t', 'acks once'],
  });
  expect(parseArguments([])).toEqual({ patterns: [], options: [] });
});

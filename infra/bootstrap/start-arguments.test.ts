import { expect, it } from '@jest/globals';
import { startOptions } from './start-arguments.mjs';

it('goes on with its data and runs the demo unless told otherwise', () => {
  expect(startOptions([])).toEqual({ fresh: false, demo: true, once: false, help: false });
  expect(startOptions(['--fresh', '--no-demo'])).toMatchObject({ fresh: true, demo: false });
});

it('refuses what it does not know, naming what it knows', () => {
  expect(() => startOptions(['--frehs'])).toThrow('npm start does not know "--frehs".');
});

it('refuses to wait for a demo that is left out', () => {
  expect(() => startOptions(['--once', '--no-demo'])).toThrow('--once waits for the demo');
});

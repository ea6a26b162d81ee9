import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { agreed } from './agreed.js';

const answered = async (answer: string): Promise<[boolean, string]> => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const screen = new PassThrough();
  const asked = agreed(terminal, screen);
  terminal.write(`${answer}\n`);
  return [await asked, String(screen.read())];
};

it.each(['y', 'YES', ' ja ', 'j'])('goes on after "%s" at a terminal', async (answer) => {
  expect(await answered(answer)).toEqual([true, 'Apply this? [y/N] ']);
});

it.each(['', 'n', 'nee', 'yess', 'yes please'])('does not go on after "%s"', async (answer) => {
  expect((await answered(answer))[0]).toBe(false);
});

it('asks nobody where there is no terminal', async () => {
  expect(await agreed(new PassThrough(), new PassThrough())).toBe(true);
});

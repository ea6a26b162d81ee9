import { expect, it } from '@jest/globals';
import { lastOf, runCommand } from './command.mjs';

it('gives the exit code, everything that was said, and each line as it comes', async () => {
  const lines: string[] = [];
  const script = 'echo één; echo twee >&2; printf drie; exit 3';
  const onLine = (line: string): number => lines.push(line);
  const { code, output } = await runCommand('sh', ['-c', script], { onLine });
  expect(code).toBe(3);
  expect(lines.sort()).toEqual(['twee', 'één']);
  for (const word of ['één\n', 'twee\n', 'drie']) expect(output).toContain(word);
});

it('says why a program could not be started', async () => {
  const { code, output } = await runCommand('/nowhere/program', []);
  expect(code).toBe(-1);
  expect(output).toContain('ENOENT');
});

it('ends the command and its children when told to', async () => {
  const stop = new AbortController();
  const running = runCommand('sh', ['-c', 'sleep 60 & echo up; wait'], {
    signal: stop.signal,
    onLine: () => stop.abort(),
  });
  // The pipe stays open, and the promise pending, as long as one of the children lives.
  expect((await running).code).toBe(-1);
});

it('ends the command when its time is up', async () => {
  expect((await runCommand('sleep', ['60'], { timeoutMs: 50 })).code).toBe(-1);
});

it('keeps the end of what was said, without colours', () => {
  expect(lastOf('one\n\u001b[31mtwo\u001b[0m\nthree\n', 2)).toBe('two\nthree');
});

import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#runtime/root.js';
import { problemKey } from './problem-codes.js';

const wordsIn = (language: string): Readonly<Record<string, string>> => {
  const file = join(packageRoot, 'monitoring/console/texts', language, 'parts.json');
  const { problems } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly problems: Readonly<Record<string, string>>;
  };
  return problems;
};
const codes = [
  ...['unauthorized', 'forbidden', 'not-configured', 'bad-request', 'not-found', 'gone'],
  ...['conflict', 'precondition-failed', 'precondition-required', 'invalid', 'unavailable'],
  ...['internal', 'away', 'console', 'other'],
].sort();

it.each(['nl', 'en', 'fr'])('says in %s of each code what went wrong', (language) => {
  expect(Object.keys(wordsIn(language)).sort()).toEqual(codes);
});

it('knows the words of each code, and of another says only that it did not work', () => {
  expect(codes.map(problemKey)).toEqual(codes);
  expect(problemKey('toString')).toBe('other');
});

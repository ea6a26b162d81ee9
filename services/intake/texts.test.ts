import { violationTexts } from '#oslo/violation-texts.js';
import { packageRoot } from '#runtime/root.js';
import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { intakeTexts, refusalText } from './texts.js';

const locales = ['nl', 'en', 'fr'] as const;
const folder = join(packageRoot, 'services', 'intake');

/** Keys as the code writes them: `'format.uri'`, `'required'`. */
const keysInCode = (): string[] => {
  const codes =
    'required|unknown-property|type|format|length|pattern|not-in-codelist|context|cardinality';
  const pattern = new RegExp(`'((?:${codes})\\.[a-z-]+|required)'`, 'g');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(pattern)])
    .map(([, key = '']) => key);
};

it.each(locales)('has a sentence in %s for every reason that the code gives', (locale) => {
  const known = { ...violationTexts[locale], ...intakeTexts[locale] };
  expect(keysInCode().length).toBeGreaterThan(15);
  expect(keysInCode().filter((key) => !Object.hasOwn(known, key))).toEqual([]);
});

it('has the same keys in all languages, and none that no code gives', () => {
  const given = new Set(keysInCode());
  for (const locale of locales) {
    const keys = Object.keys(intakeTexts[locale]);
    expect(keys).toEqual(Object.keys(intakeTexts.nl));
    expect(keys.filter((key) => !given.has(key))).toEqual([]);
  }
});

it('fills in what a sentence leaves open', () => {
  const text = { key: 'cardinality.attributes', params: { limit: 10 } };
  expect(refusalText(text, 'en')).toBe('A message carries at most 10 attributes of its own.');
  expect(refusalText({ key: 'required', params: { property: 'id' } }, 'nl')).toBe(
    'Het veld id is verplicht en ontbreekt.',
  );
});

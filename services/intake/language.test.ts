import { expect, it } from '@jest/globals';
import { languageOf } from './language.js';

it.each([
  [undefined, 'nl'],
  ['', 'nl'],
  ['de', 'nl'],
  ['en', 'en'],
  ['fr-BE, en;q=0.9', 'fr'],
  ['en;q=0.5, nl;q=0.4, fr;q=0.6', 'fr'],
  ['*', 'nl'],
  ['nl;q=0, *', 'en'],
  ['en;q=0, fr;q=0, nl;q=0', 'nl'],
  ['english', 'nl'],
])('a caller that accepts "%s" is told in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

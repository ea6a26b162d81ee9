import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { packageRoot } from '#runtime/root.js';

const textOf = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

// Read as text: what it imports is for browsers.
const list = textOf('monitoring/console/pages.ts');
const pages = [...list.matchAll(/key: '(\w+)',\s+path: '([^']+)'/g)].map(([, key, path]) => [
  key,
  path,
]);

it.each(pages)('the page %s is drawn and told of in the documentation', (key = '', path = '') => {
  expect(existsSync(join(packageRoot, 'docs', 'console', `${key}.png`))).toBe(true);
  const told = textOf('docs/operate/console.md').toLowerCase();
  expect(told.includes(`\`${path}\``) || told.includes(`(${key})`)).toBe(true);
  expect(textOf('infra/tests/screenshots.process.test.ts')).toContain(`'${key}', '${path}'`);
});

it('knows every page of the list', () => {
  expect(pages).toHaveLength([...list.matchAll(/key: '/g)].length);
  expect(pages.length).toBeGreaterThan(5);
});

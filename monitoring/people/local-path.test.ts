import { expect, it } from '@jest/globals';
import { localPath } from './local-path.js';

it.each(['/', '/berichten', '/berichten/aalter/1?status=parked', '/kaart?tenant=aalter'])(
  'goes back to the page %s',
  (path) => {
    expect(localPath(path)).toBe(path);
  },
);

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
  '/sign-in?to=/',
  '/sign-in/return',
  '/admin/v1/tenants',
  'berichten',
  '',
  undefined,
  ['/a', '/b'],
  `/${'x'.repeat(3_000)}`,
])('goes to no other place: %j', (path) => {
  const to = localPath(path);
  expect(to.startsWith('/') && !/^\/[/\\]/.test(to)).toBe(true);
  expect(new URL(to, 'https://console.example').host).toBe('console.example');
  expect(localPath(path)).toBe('/');
});

import { expect, it } from '@jest/globals';
import type { ConnectorInstance } from '#tenants/directory.js';
import { recordAddress } from './addresses.js';

const instance = { connector: 'any', settings: {} } as ConnectorInstance;
const shown = (linkOf: (() => string | null) | undefined, sandbox = false): string | null =>
  recordAddress(instance, 'A 1', {
    connectors: new Map([['any', { ...(linkOf && { linkOf }) }]]),
    sandbox,
  });

it('leads to the record where the connector says how', () => {
  expect(shown(() => 'https://system.example/record?id=A+1')).toBe(
    'https://system.example/record?id=A+1',
  );
});

it.each([
  ['script', () => 'javascript:alert(1)'],
  ['an open line', () => 'http://system.example/'],
  ['credentials', () => 'https://an:secret@system.example/'],
  ['no address', () => 'record A 1'],
  ['settings that do not fit', () => new URL('/record', undefined).href],
  ['nothing', () => null],
  ['nothing at all', undefined],
])('leads nowhere by %s', (_what, linkOf) => {
  expect(shown(linkOf)).toBeNull();
});

it('leads over an open line in the sandbox alone', () => {
  expect(shown(() => 'http://127.0.0.1:9000/record', true)).toBe('http://127.0.0.1:9000/record');
});

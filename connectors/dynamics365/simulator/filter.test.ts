import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quoted } from '../client.js';
import { filterOf } from './filter.js';
import { Refused } from './state.js';
import type { Row } from './state.js';
import { tableOf } from './tables.js';

describe('$filter', () => {
  const row = {
    values: { title: "it's", statecode: 0, createdon: '2026-03-02T08:00:00Z', description: null },
  } as unknown as Row;
  const table = tableOf('incidents')!;

  it.each([
    ["title eq 'it''s'", true],
    ["title eq 'IT''S' and statecode eq 0", true],
    ["title eq 'x' or statecode eq 0 and title ne 'x'", true],
    ["(title eq 'x' or statecode eq 0) and title eq 'x'", false],
    ['createdon ge 2026-03-02T08:00:00Z', true],
    ['createdon gt 2026-03-02T08:00:00Z', false],
    ['description eq null', true],
    ['incidentid eq 5f0c1234-5678-4123-9012-123456789012', false],
  ])('%s is %p', (filter, expected) => {
    expect(filterOf(filter, table)(row)).toBe(expected);
  });

  it.each([
    'title',
    "title eq 'a",
    'title eq 5',
    "statecode eq '0'",
    "incidentid eq 'x'",
    "nothing eq 'a'",
    "title like 'a'",
    "(title eq 'a'",
    "title eq 'a' title eq 'b'",
    "contains(title,'a')",
  ])('%s is refused', (filter) => {
    expect(() => filterOf(filter, table)(row)).toThrow(Refused);
  });

  it('finds no more and no less than what a quoted text says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const named = { values: { title } } as unknown as Row;
        expect(filterOf(`title eq ${quoted(title)}`, table)(named)).toBe(true);
        expect(filterOf(`title eq ${quoted(`${title}x`)}`, table)(named)).toBe(false);
      }),
    );
  });
});

import { expect, it } from '@jest/globals';
import { columns, table } from './columns.js';

const long = 'TOPdesk does not know the category "Voetpad" of this municipality';

it('puts cells below each other, and cuts nothing where there is no terminal', () => {
  expect(
    columns(
      [
        ['a', 'bbb', long],
        ['cc', 'd'],
      ],
      '  ',
    ),
  ).toBe(`  a   bbb  ${long}\n  cc  d`);
});

it('cuts what is too long so that every line fits the terminal', () => {
  const lines = columns([['2026-11-22T08:00:00Z', 'aalter/topdesk', long, long]], '', 80).split(
    '\n',
  );
  expect(lines[0]).toMatch(/^2026-11-22T08:00:00Z {2}aalter\/topdesk {2}TOPdesk.*…/);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(columns([[long, long, long]], '', 10)).toHaveLength(3 * 12 + 4);
});

it('puts the names of a record above its values', () => {
  expect(table([{ tenant: 'aalter', keys: 2 }])).toBe('tenant  keys\naalter  2');
});

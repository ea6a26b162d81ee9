import { expect, it } from '@jest/globals';
import { csvRow } from './csv.js';

it('quotes what would break a line, and leaves the rest', () => {
  expect(csvRow(['a', 'b "c", d', 'e\nf', null, -1.5])).toBe('a,"b ""c"", d","e\nf",,-1.5\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1'])(
  'gives a spreadsheet no formula with %j',
  (text) => {
    expect(csvRow([text]).replace(/^"/, '')).toMatch(/^'/);
  },
);

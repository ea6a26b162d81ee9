import { expect, it } from '@jest/globals';
import { filterOf, partsOf, type Filter } from './filter-parts.js';

const a = { exact: { source: 'urn:a' } };
const b = { prefix: { 'data.meldingstype': 'https://b' } };
const c = { suffix: { subject: 'c' } };

it.each<[string, Filter]>([
  ['a test', a],
  ['all', { all: [a, b] }],
  ['any', { any: [a, b, c] }],
  ['not', { not: a }],
  ['none of several', { not: { any: [a, b] } }],
  ['groups in groups', { any: [{ all: [a, { not: b }] }, { not: { all: [b, c] } }, c] }],
])('shows %s as a form that says the same', (_what, filter) => {
  const parts = partsOf(filter);
  expect(parts && filterOf(parts)).toEqual(filter);
});

it('takes apart a test of several attributes, which all have to hold', () => {
  const parts = partsOf({ any: [{ exact: { source: 'a', type: 'b' } }, c] });
  expect(parts && filterOf(parts)).toEqual({
    any: [{ all: [{ exact: { source: 'a' } }, { exact: { type: 'b' } }] }, c],
  });
});

it('says nothing where nothing is wished, and shows that as an empty form', () => {
  expect(partsOf(undefined)).toEqual({ how: 'all', parts: [] });
  expect(filterOf({ how: 'not', parts: [{ how: 'any', parts: [] }] })).toBeUndefined();
});

it('writes none of several parts as none of any', () => {
  const parts = partsOf({ any: [a, b] })?.parts ?? [];
  expect(filterOf({ how: 'not', parts })).toEqual({ not: { any: [a, b] } });
});

it.each<[string, Filter]>([
  ['another dialect', { sql: "source = 'a'" }],
  ['one below', { any: [a, { sql: 'true' }] }],
  ['two in one', { ...a, ...b }],
  ['a number', { exact: { sequence: 1 } }],
  ['an empty group', { all: [] }],
  ['a group that is no list', { any: a }],
  ['a list in a not', { not: [a] }],
])('leaves %s to its text', (_what, filter) => {
  expect(partsOf(filter)).toBeNull();
});

import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergePatch } from '../../../operators/parked/merge-patch.js';
import { lineOf, patchBetween, placesOf, readWritten } from './json-text.js';

it('finds the patch that makes one message the other, and leaves alone what is the same', () => {
  const from = { titel: 'Put', indiener: { naam: '•••••', straat: 'A' }, bijlage: [1, 2] };
  const to = { titel: 'Put in het voetpad', indiener: { naam: '•••••' }, bijlage: [1, 2] };
  expect(patchBetween(from, to)).toEqual({
    titel: 'Put in het voetpad',
    indiener: { straat: null },
  });
  expect(patchBetween(from, from)).toBeUndefined();
});

it('finds a patch that, merged, gives what was written', () => {
  // A merge patch cannot say that a property becomes null.
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.integer(),
      fc.string(),
      fc.array(fc.integer(), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const objects = fc.dictionary(fc.string(), json, { maxKeys: 5 });
  fc.assert(
    fc.property(objects, objects, (from, to) => {
      const patch = patchBetween(from, to);
      expect(patch === undefined ? from : mergePatch(from, patch)).toEqual(to);
    }),
  );
});

it('finds the line of a place, and of what should hold a place that is missing', () => {
  const value = { titel: 'Put', plaats: { wkt: [], straat: { 'a/b': 1 } }, leeg: {} };
  const lines = JSON.stringify(value, null, 2).split('\n');
  const at = (pointer: string) => lines[lineOf(value, pointer) - 1]?.trim();
  expect(at('/titel')).toBe('"titel": "Put",');
  expect(at('/plaats/straat/a~1b')).toBe('"a/b": 1');
  expect(at('/leeg')).toBe('"leeg": {}');
  expect(at('/plaats/huisnummer')).toBe('"plaats": {');
  expect(at('/onbekend')).toBe('{');
});

it('lists values by their place, and says what is no JSON', () => {
  expect([...placesOf({ a: [1, { 'b~': null }], c: {} })]).toEqual([
    ['/a/0', 1],
    ['/a/1/b~0', null],
    ['/c', {}],
  ]);
  expect(readWritten('{"a":').wrong).toMatch(/JSON/);
  expect(readWritten('{"a":1}')).toEqual({ value: { a: 1 }, wrong: null });
});

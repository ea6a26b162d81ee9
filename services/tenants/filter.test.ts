import { describe, expect, it } from '@jest/globals';
import { compileFilter, FilterBroken, matcherOf } from './filter.js';

const wegdek = 'https://data.aalter.example/id/concept/Meldingstype/wegdek';
const event = {
  id: '1',
  source: 'urn:lb:aalter:meldpunt',
  type: 'be.lbbus.melding.ingediend.v1',
  afdeling: 'wegen',
  teller: 7,
  data: {
    titel: 'Put in het fietspad',
    meldingstype: [{ '@id': 'https://elders.example/ander' }, { '@id': wegdek }],
    behandelaar: {
      '@type': ['PubliekeOrganisatie', 'Agent'],
      voorkeursnaam: { '@value': 'Gemeente Aalter', '@language': 'nl' },
    },
    heeftBody: [{ beschrijving: 'diep' }, { geometrie: { wkt: 'POINT (3.4469 51.0901)' } }],
  },
};

describe('a filter', () => {
  it.each([
    [true, { exact: { afdeling: 'wegen' } }],
    [false, { exact: { afdeling: 'Wegen' } }],
    [true, { exact: { afdeling: 'wegen', source: 'urn:lb:aalter:meldpunt' } }],
    [false, { exact: { afdeling: 'wegen', source: 'urn:lb:beringen' } }],
    [false, { exact: { ontbreekt: 'x' } }],
    [true, { exact: { teller: '7' } }],
    [true, { prefix: { type: 'be.lbbus.melding.' } }],
    [false, { prefix: { type: 'lbbus' } }],
    [true, { suffix: { source: ':meldpunt' } }],
    [true, { all: [{ exact: { id: '1' } }, { prefix: { source: 'urn:' } }] }],
    [false, { all: [{ exact: { id: '1' } }, { exact: { id: '2' } }] }],
    [true, { any: [{ exact: { id: '2' } }, { exact: { id: '1' } }] }],
    [false, { any: [{ exact: { id: '2' } }] }],
    [true, { not: { exact: { id: '2' } } }],
    [true, { not: { exact: { ontbreekt: 'x' } } }],
    [true, { exact: { 'data.titel': 'Put in het fietspad' } }],
    [true, { exact: { 'data.meldingstype': wegdek } }],
    [true, { suffix: { 'data.meldingstype': '/wegdek' } }],
    [false, { exact: { 'data.meldingstype': `${wegdek}/` } }],
    [true, { exact: { 'data.behandelaar.@type': 'Agent' } }],
    [true, { exact: { 'data.behandelaar.voorkeursnaam': 'Gemeente Aalter' } }],
    [true, { prefix: { 'data.heeftBody.geometrie.wkt': 'POINT' } }],
    [false, { exact: { 'data.constructor.name': 'Object' } }],
    [false, { exact: { 'data.titel.length': '19' } }],
  ])('is %s for %j', (expected, filter) => {
    expect(compileFilter(filter)(event)).toBe(expected);
  });

  it.each([
    ['', {}, 'exactly one'],
    ['', { exact: { id: '1' }, prefix: { id: '1' } }, 'exactly one'],
    ['', { like: { id: '1' } }, 'unknown dialect "like"'],
    ['', { constructor: { id: '1' } }, 'unknown dialect "constructor"'],
    ['/sql', { sql: "id = '1'" }, 'sql dialect is not offered'],
    ['/exact', { exact: {} }, 'object of attribute names'],
    ['/exact/id', { exact: { id: '' } }, 'not empty'],
    ['/exact/id', { exact: { id: 1 } }, 'not empty'],
    ['/exact/Afdeling', { exact: { Afdeling: 'x' } }, 'neither a CloudEvents attribute'],
    ['/prefix/data.', { prefix: { 'data.': 'x' } }, 'neither a CloudEvents attribute'],
    ['/all', { all: [] }, 'at least one'],
    ['/any/1/not', { any: [{ exact: { id: '1' } }, { not: [] }] }, 'exactly one'],
  ])('is refused at "%s": %j', (pointer, filter, words) => {
    expect.assertions(2);
    try {
      compileFilter(filter);
    } catch (error) {
      expect(error).toMatchObject({ pointer });
      expect(String(error)).toContain(words);
    }
  });

  it('that nests without end is refused', () => {
    const nested = Array.from({ length: 40 }).reduce<Record<string, unknown>>(
      (inner) => ({ not: inner }),
      { exact: { id: '1' } },
    );
    expect(() => compileFilter(nested)).toThrow(FilterBroken);
  });

  it('is compiled once for its route', () => {
    const route = { type: 'x', filter: { exact: { id: '1' } }, targets: [] };
    expect(matcherOf(route)).toBe(matcherOf(route));
    expect(matcherOf({ ...route, filter: null })(event)).toBe(true);
  });
});

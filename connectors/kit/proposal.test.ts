import { describe, expect, it } from '@jest/globals';
import { fitting } from './proposal.js';

const choices = ['Wegdek', 'Voetpad', 'Verlichting', 'Sluikstort', 'Boom en groen', 'Andere'].map(
  (name) => ({ names: [name], value: name }),
);

describe('what fits a name', () => {
  it.each([
    ['wegdek', 'Wegdek'],
    ['Schade aan het voetpad', 'Voetpad'],
    ['straatverlichting', 'Verlichting'],
    ['Sluikstorten', 'Sluikstort'],
    ['Omgevallen bóóm', 'Boom en groen'],
  ])('%s: %s', (name, found) => {
    expect(fitting(name, choices)).toEqual([found]);
  });

  it('is nothing where nothing is in common, and no word that stands everywhere', () => {
    for (const name of ['ratten', 'de en het', '', '!?', 'de boot en de trein'])
      expect(fitting(name, choices)).toEqual([]);
  });

  it('is several where they fit as well, for somebody to choose', () => {
    const twice = ['Netheid', 'Groen'].map((value) => ({ names: ['Andere', value], value }));
    expect(fitting('andere', twice)).toEqual(['Netheid', 'Groen']);
    expect(fitting('groen andere', twice)).toHaveLength(2);
  });
});

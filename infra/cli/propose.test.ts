import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Tenant } from '#tenants/directory.js';
import { pageOf, typeOf, typesOf } from './propose.js';

const base = 'https://data.aalter.example/id/concept/Meldingstype';

describe('the meldingstypen that a proposal is for', () => {
  it('are called by their name, or after the last part of their IRI', () => {
    expect(typeOf(`${base}/losse-stoeptegel`)).toEqual({
      iri: `${base}/losse-stoeptegel`,
      name: 'losse stoeptegel',
    });
    expect(typeOf(`${base}/7=Lamp stuk`)).toEqual({ iri: `${base}/7`, name: 'Lamp stuk' });
    expect(() => typeOf('lamp')).toThrow('is no IRI');
  });

  it('are those that the tenant offers and those that are named, each once', () => {
    const meldingen = {
      categories: [
        { id: 'a', name: 'Wegdek', meldingstype: `${base}/1` },
        { id: 'b', name: { fr: 'Arbre', nl: 'Boom' }, meldingstype: `${base}/2` },
      ],
    };
    const tenant = { burgerprofiel: { meldingen } } as unknown as Tenant;
    expect(typesOf(tenant, [`${base}/1=Put`, `${base}/3=Lamp`]).map(({ name }) => name)).toEqual([
      'Put',
      'Lamp',
      'Boom',
    ]);
    expect(typesOf({} as unknown as Tenant, [])).toEqual([]);
  });
});

it('a proposal is YAML that can be declared, with the remarks as comments', () => {
  const settings = { categories: { [`${base}/1`]: { category: 'Weg: dek' } } };
  const page = pageOf('topdesk', { settings, remarks: ['Choose "Andere".'] });
  expect(parse(page)).toEqual({ connectors: { topdesk: { settings } } });
  expect(page).toContain('# Choose "Andere".\n');
});

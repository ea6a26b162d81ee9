import { expect, it } from '@jest/globals';
import { checkDeclaration, type Surroundings } from './declaration-rules.js';
import type { DeclaredTenant } from './declaration.js';

const surroundings = (hears: boolean): Surroundings => ({
  connectors: new Map([['topdesk', { check: () => [], takes: () => true, hears }]]),
  kindOf: () => 'event',
});
const tenant: DeclaredTenant = {
  declared: {
    tenant: 'aalter',
    name: 'Gemeente Aalter',
    bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
    kbo: '0207433216',
    connectors: { desk: { connector: 'topdesk', hook: true } },
  },
  placeOf: () => 'aalter.yaml:6',
};

it('a hook leads to a connector with a source that is called', () => {
  expect(() => checkDeclaration([tenant], surroundings(true))).not.toThrow();
});

it('a hook of a connector that is never called is refused: nobody would read what comes in', () => {
  expect(() => checkDeclaration([tenant], surroundings(false))).toThrow(
    'aalter.yaml:6: connectors.desk.hook: topdesk has no source that is called',
  );
});

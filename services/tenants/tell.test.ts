import { expect, it } from '@jest/globals';
import { keysApart, keysUntold, programIn } from '#infra/testing/told-texts.js';
import { declaredSchema } from './declaration-schema.js';
import { declaredTenant } from './declaration.js';
import { en } from './texts/en.js';
import { fr as describedFr } from './texts/described.fr.js';
import { nl as describedNl } from './texts/described.nl.js';
import { fr } from './texts/fr.js';
import { nl } from './texts/nl.js';
import { DeclarationBroken } from './yaml-source.js';

it('what is told of tenants is there in each language, and all of it is told somewhere', () => {
  expect(keysApart(nl, [en, fr])).toEqual([]);
  expect(keysUntold(nl, programIn('services/tenants'))).toEqual([]);
});

it('what a declaration asks is said in each language, and nothing else is', () => {
  const asked = new Set<string>();
  JSON.stringify(declaredSchema, (key, value: unknown) => {
    if (key === 'description' && typeof value === 'string') asked.add(value);
    return value;
  });
  for (const described of [describedNl, describedFr])
    expect(Object.keys(described).sort()).toEqual([...asked].sort());
});

it('a complaint names what is expected in the language of its reader', () => {
  const complaints = (): unknown => declaredTenant({ tenant: 'Aalter', rate: 3 });
  expect(complaints).toThrow(DeclarationBroken);
  try {
    complaints();
  } catch (error) {
    const told = (error as DeclarationBroken).complaints.map((one) => one.told('nl'));
    expect(told).toContain('name ontbreekt: verwacht wordt de naam van het bestuur');
    expect(told).toContain(
      'verwacht wordt 2 tot 40 kleine letters, cijfers en streepjes, er staat "Aalter"',
    );
  }
});

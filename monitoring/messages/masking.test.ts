import { expect, it } from '@jest/globals';
import type { Role } from '../people/rights.js';
import { fieldsOf, mask, masked, mayUncover, valueAt } from './masking.js';

const event = {
  type: 'be.lbbus.persoon.opgevraagd.v1',
  subject: 'urn:x:persoon',
  data: {
    '@type': 'GeregistreerdPersoon',
    registratie: { '@type': 'Identificator', identificator: '85673003328' },
    voornaam: ['An', 'Jo'],
    contactinfo: [{ '@type': 'Contactpunt', email: 'an@example.org' }],
    'a/b': 'of no schema',
  },
};
const fieldsFor = (...roles: Role[]) => fieldsOf(event, { roles });

it('masks what is of persons and nothing else, in a copy', () => {
  const fields = fieldsFor('privacy-officer');
  expect(masked(event, fields)).toEqual({
    ...event,
    data: {
      '@type': 'GeregistreerdPersoon',
      registratie: { '@type': 'Identificator', identificator: mask },
      voornaam: [mask, mask],
      contactinfo: [{ '@type': 'Contactpunt', email: mask }],
      'a/b': mask,
    },
  });
  expect(fields.map(({ pointer }) => valueAt(event, pointer))).toEqual([
    '85673003328',
    'An',
    'Jo',
    'an@example.org',
    'of no schema',
  ]);
});

it('lets the privacy officer uncover everything, the tenant what it handles a case by, others nothing', () => {
  const uncovered = (...roles: Role[]) =>
    fieldsFor(...roles)
      .filter((field) => field.mayUncover)
      .map(({ kind }) => kind);
  expect(uncovered('privacy-officer')).toHaveLength(5);
  expect(uncovered('tenant-administrator')).toEqual(['name', 'name', 'contact']);
  expect(uncovered('operator', 'reader', 'board')).toEqual([]);
  expect(mayUncover({ roles: ['tenant-administrator', 'privacy-officer'] }, 'number')).toBe(true);
});

it('finds nothing where there is nothing', () => {
  expect(valueAt(event, '/data/voornaam/7')).toBeUndefined();
  expect(valueAt(event, '/data/constructor')).toBeUndefined();
});

import { expect, it } from '@jest/globals';
import { may, reaches, requireReach, rightsOfPerson } from './person.js';
import { roles } from './rights.js';

const can = (right: Parameters<typeof may>[1]): readonly string[] =>
  roles.filter((role) => may({ roles: [role] }, right));

it('gives each right to those roles, and to no other', () => {
  expect({
    see: can('see'),
    act: can('act'),
    configure: can('configure'),
    'read-body': can('read-body'),
    'see-usage': can('see-usage'),
    'see-acts': can('see-acts'),
    register: can('register'),
  }).toEqual({
    see: ['reader', 'operator', 'tenant-administrator', 'privacy-officer'],
    act: ['operator', 'tenant-administrator'],
    configure: ['operator', 'tenant-administrator'],
    'read-body': ['tenant-administrator', 'privacy-officer'],
    'see-usage': ['operator', 'tenant-administrator', 'board'],
    'see-acts': ['operator', 'tenant-administrator', 'privacy-officer'],
    register: ['privacy-officer'],
  });
  expect(rightsOfPerson({ roles: [] })).toEqual([]);
  expect(rightsOfPerson({ roles: ['reader', 'board'] })).toEqual(['see', 'see-usage']);
});

it('reaches the tenants that were given and none where none were', () => {
  expect(reaches({ tenants: null }, 'aalter')).toBe(true);
  expect(reaches({ tenants: new Set(['aalter']) }, 'ronse')).toBe(false);
  expect(() => requireReach({ tenants: new Set() }, 'aalter')).toThrow('There is no tenant aalter');
});

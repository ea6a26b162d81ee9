import { expect, it } from '@jest/globals';
import type { Directory } from '#tenants/directory.js';
import { personOfClaims } from './claims.js';
import { readOidcSettings } from './oidc-settings.js';

const enough = {
  LBBUS_OIDC_ISSUER: 'https://idp.example/op',
  LBBUS_OIDC_CLIENT_ID: 'lb-bus',
  LBBUS_OIDC_KEY_FILE: '/keys/console.pem',
  LBBUS_OIDC_ORGANISATION: 'OVO000001',
};
const settings = readOidcSettings(enough);
const directory = {
  tenants: new Map([
    ['aalter', { id: 'aalter', kbo: '0207433216' }],
    ['ronse', { id: 'ronse', kbo: '0207470917' }],
  ]),
} as unknown as Directory;

const personOf = (...roles: string[]) => {
  if (!settings) throw new Error('no settings');
  const claims = { sub: 'a1', given_name: 'An', family_name: 'Voorbeeld', lbbus_rol_3d: roles };
  const person = personOfClaims(claims, settings, directory);
  return person && [person.roles, person.tenants && [...person.tenants]];
};

it.each<[string, string[], unknown]>([
  ['the operating organisation, everywhere', ['LBBusOperator:OVO000001'], [['operator'], null]],
  [
    'a tenant by its KBO number',
    ['LBBusBeheerder:0207433216'],
    [['tenant-administrator'], ['aalter']],
  ],
  ['a number with dots', ['LBBusBeheerder:0207.433.216'], [['tenant-administrator'], ['aalter']]],
  [
    'several in one text',
    ['LBBusLezer:0207433216,LBBusLezer:0207470917'],
    [['reader'], ['aalter', 'ronse']],
  ],
  [
    'no right in one tenant from a role in another',
    ['LBBusBeheerder:0207433216', 'LBBusLezer:0207433216', 'LBBusLezer:0207470917'],
    [['reader'], ['aalter', 'ronse']],
  ],
  [
    'no right everywhere from a role in a tenant',
    ['LBBusLezer:OVO000001', 'LBBusBeheerder:0207433216'],
    [['reader'], null],
  ],
  [
    'different roles in different tenants',
    ['LBBusBeheerder:0207433216', 'LBBusLezer:0207470917'],
    null,
  ],
  ['an administrator of everything', ['LBBusBeheerder:OVO000001'], null],
  ['an organisation that is not here', ['LBBusOperator:OVO000002'], null],
  ['a role that is none here', ['Boss:OVO000001'], null],
  ['a role without an organisation', ['LBBusOperator'], null],
  ['nothing', [], null],
])('gives %s', (_what, roles, expected) => {
  expect(personOf(...roles)).toEqual(expected);
});

it('records acts under a name that is nobody else’s', () => {
  if (!settings) throw new Error('no settings');
  const claims = { sub: 'a1', lbbus_rol_3d: 'LBBusLezer:OVO000001' };
  expect(personOfClaims(claims, settings, directory)).toMatchObject({ name: 'a1', shown: 'a1' });
  expect(
    personOfClaims({ ...claims, given_name: 'An', family_name: 'Voorbeeld' }, settings, directory),
  ).toMatchObject({ name: 'An Voorbeeld (a1)', shown: 'An Voorbeeld' });
});

it.each([
  [{ LBBUS_OIDC_CLIENT_ID: '' }, 'LBBUS_OIDC_CLIENT_ID'],
  [{ LBBUS_OIDC_KEY_FILE: '' }, 'either LBBUS_OIDC_KEY_FILE'],
  [{ LBBUS_OIDC_SECRET_FILE: '/secret' }, 'either LBBUS_OIDC_KEY_FILE'],
  [{ LBBUS_OIDC_ROLES: 'Chef=boss' }, 'LBBUS_OIDC_ROLES: "Chef=boss"'],
])('refuses settings that make no sense (%j) and names them', (wrong, named) => {
  expect(() => readOidcSettings({ ...enough, ...wrong })).toThrow(named);
});

import type { Account, AccountClaims } from 'oidc-provider';
import { kboOf, places } from './places.js';

/** Code of the organisation that operates the bus in the proeftuin: its people's roles hold for all tenants. */
export const operatingOrganisation = 'OVO999001';

/** Scope and claim of the roles at the console, named as ACM/IDM names those of an application. */
export const rolesScope = 'lbbus';
export const rolesClaim = 'lbbus_rol_3d';

/** Somebody who can sign in at the console of the proeftuin. All of them are invented. */
export interface ConsolePerson {
  readonly sub: string;
  readonly given: string;
  readonly family: string;
  /** What she is there, in words. */
  readonly as: string;
  /** Value of the claim without its organisation. */
  readonly role: string;
  readonly organisation: string;
}

const codeOf = (tenant: string): string => {
  const place = places.find(({ id }) => id === tenant);
  if (!place) throw new Error(`the proeftuin has no tenant ${tenant}`);
  return kboOf(place);
};

const ofTheBus = (
  sub: string,
  [given, family]: readonly [string, string],
  role: string,
  as: string,
): ConsolePerson => ({ sub, given, family, role, as, organisation: operatingOrganisation });

const administratorOf = (
  tenant: string,
  name: string,
  [given, family]: readonly [string, string],
): ConsolePerson => ({
  ...{ sub: `beheerder-${tenant}`, given, family, role: 'LBBusBeheerder' },
  ...{ as: `Beheerder van ${name}`, organisation: codeOf(tenant) },
});

/** One for each role, and administrators of two tenants. */
export const consolePeople: readonly ConsolePerson[] = [
  ofTheBus('operator', ['Omar', 'Verzonnen'], 'LBBusOperator', 'Operator van de bus'),
  ofTheBus('lezer', ['Lena', 'Verzonnen'], 'LBBusLezer', 'Lezer: ziet alles, doet niets'),
  administratorOf('aalter', 'Gemeente Aalter', ['Els', 'Verzonnen']),
  administratorOf('ronse', 'Stad Ronse', ['Ruben', 'Verzonnen']),
  ofTheBus('privacy', ['Petra', 'Verzonnen'], 'LBBusPrivacy', 'Gegevensbescherming: leest inhoud'),
  ofTheBus('bestuur', ['Bram', 'Verzonnen'], 'LBBusBestuur', 'Bestuur: ziet gebruik en kosten'),
];

const claimsOf = ({ sub, given, family, role, organisation }: ConsolePerson): AccountClaims => ({
  ...{ sub, given_name: given, family_name: family },
  [rolesClaim]: [`${role}:${organisation}`],
});

/** The account of one of them, for the identity provider. */
export const findConsoleAccount = (_context: unknown, sub: string): Account | undefined => {
  const person = consolePeople.find((one) => one.sub === sub);
  return person && { accountId: sub, claims: () => claimsOf(person) };
};

import type { GivenSecrets } from './shown.js';
import type { Connector } from '#kit/definition.js';
import { checkSecret } from '#kit/settings.js';
import type { Declared } from '#tenants/declaration-schema.js';
import { secretPlaces } from '#tenants/secret-reference.js';
import type { SecretEnds, SecretValues } from '#tenants/secret-values.js';
import { ProblemError, type ProblemPlace } from '../problems/problem.js';

const longestSecret = 40_000;
const day = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (text: string): boolean => day.test(text) && !Number.isNaN(Date.parse(text));

const wordsOfValue = (name: string, value: unknown): string | null => {
  if (value === undefined) return null;
  if (typeof value !== 'string' || value === '') return `the value of ${name} is not a text`;
  return value.length > longestSecret
    ? `the value of ${name} is longer than ${longestSecret} characters`
    : null;
};

const wordsOfEnd = (name: string, end: unknown): string | null =>
  end === undefined || end === null || (typeof end === 'string' && isDay(end))
    ? null
    : `the end of ${name} is not a day such as 2027-01-31`;

const wordsOf = (name: string, given: unknown): string | null => {
  if (typeof given !== 'object' || given === null) return `${name} is not { value, expiresAt }`;
  const { value, expiresAt, ...others } = given as Record<string, unknown>;
  if (Object.keys(others).length > 0) return `${name} has more than value and expiresAt`;
  return wordsOfValue(name, value) ?? wordsOfEnd(name, expiresAt);
};

/** Reads what a request says of secrets. Throws a problem that names secrets, and never a value. */
export const readGiven = (given: Readonly<Record<string, unknown>>): GivenSecrets => {
  const wrong = Object.entries(given).flatMap(([name, one]) => wordsOf(name, one) ?? []);
  if (wrong.length > 0) throw new ProblemError('bad-request', wrong.join('; '));
  return given as GivenSecrets;
};

/** Their values, as an apply takes them. */
export const valuesOf =
  (given: GivenSecrets): SecretValues =>
  (_tenant, name) =>
    Object.hasOwn(given, name) ? given[name]?.value : undefined;

/** A secret ends with the day that is named. */
export const endsOf =
  (given: GivenSecrets): SecretEnds =>
  (_tenant, name) => {
    const end = Object.hasOwn(given, name) ? given[name]?.expiresAt : undefined;
    return typeof end === 'string' ? new Date(`${end}T23:59:59.999Z`) : end;
  };

/** What the connectors say of the values that are given. Throws a problem with the fields. */
export const checkValues = (
  { connectors = {} }: Declared,
  given: GivenSecrets,
  known: ReadonlyMap<string, Connector>,
): void => {
  const places = Object.entries(connectors).flatMap(([name, { connector, settings }]) =>
    secretPlaces(settings).flatMap((place): ProblemPlace[] => {
      const value = Object.hasOwn(given, place.name) ? given[place.name]?.value : undefined;
      const definition = known.get(connector ?? name);
      if (value === undefined || !definition) return [];
      return checkSecret(definition, place.path.join('/'), value).map(({ code, detail }) => ({
        pointer: ['/declaration/connectors', name, 'settings', ...place.path].join('/'),
        code,
        detail,
      }));
    }),
  );
  if (places.length > 0)
    throw new ProblemError('invalid', 'A secret is not what its connector takes', places);
};

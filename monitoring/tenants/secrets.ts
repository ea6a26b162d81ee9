import type { GivenSecrets } from './shown.js';
import type { Connector } from '#kit/definition.js';
import { checkSecret } from '#kit/settings.js';
import type { Told } from '#oslo/told.js';
import { pointerTo } from '#oslo/violations.js';
import type { Declared } from '#tenants/declaration-schema.js';
import { secretPlaces } from '#tenants/secret-reference.js';
import type { SecretEnds, SecretValues } from '#tenants/secret-values.js';
import { ProblemError, type ToldPlace } from '../problems/problem.js';
import { tell } from '../problems/tell.js';

const longestSecret = 40_000;
const day = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (text: string): boolean => day.test(text) && !Number.isNaN(Date.parse(text));

const wrongValue = (value: unknown): Told | null => {
  if (value === undefined) return null;
  if (typeof value !== 'string' || value === '') return tell('secret.text');
  return value.length > longestSecret ? tell('secret.long', { limit: longestSecret }) : null;
};

const wrongEnd = (end: unknown): Told | null =>
  end === undefined || end === null || (typeof end === 'string' && isDay(end))
    ? null
    : tell('secret.day');

const wrongIn = (given: unknown): Told | null => {
  if (typeof given !== 'object' || given === null) return tell('secret.form');
  const { value, expiresAt, ...others } = given as Record<string, unknown>;
  if (Object.keys(others).length > 0) return tell('secret.more');
  return wrongValue(value) ?? wrongEnd(expiresAt);
};

/** Reads what a request says of secrets. Throws a problem that names secrets, and never a value. */
export const readGiven = (given: Readonly<Record<string, unknown>>): GivenSecrets => {
  const places = Object.entries(given).flatMap(([name, one]): ToldPlace[] => {
    const told = wrongIn(one);
    return told ? [{ pointer: pointerTo('/secrets', name), code: 'secret', told }] : [];
  });
  if (places.length > 0) throw new ProblemError('bad-request', tell('secrets-wrong'), places);
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
    secretPlaces(settings).flatMap((place): ToldPlace[] => {
      const value = Object.hasOwn(given, place.name) ? given[place.name]?.value : undefined;
      const definition = known.get(connector ?? name);
      if (value === undefined || !definition) return [];
      return checkSecret(definition, place.path.join('/'), value).map(({ code, told }) => ({
        pointer: ['/declaration/connectors', name, 'settings', ...place.path].join('/'),
        code,
        told,
      }));
    }),
  );
  if (places.length > 0) throw new ProblemError('invalid', tell('secrets-refused'), places);
};

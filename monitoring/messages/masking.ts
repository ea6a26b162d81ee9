import { personalKinds, personalPlaces, type PersonalKind } from '#oslo/personal.js';
import type { Person } from '../people/person.js';
import type { Role } from '../people/rights.js';

/** Stands where something of a person stands. */
export const mask = '•••••';

/** What of persons each role may uncover, one field at a time; whoever may read bodies sees everything else of them. */
const uncovers: Readonly<Partial<Record<Role, readonly PersonalKind[]>>> = {
  'tenant-administrator': ['name', 'contact', 'address', 'place', 'words'],
  'privacy-officer': personalKinds,
};

/** Whether one of her roles may uncover what is of this nature. */
export const mayUncover = ({ roles }: Pick<Person, 'roles'>, kind: PersonalKind): boolean =>
  roles.some((role) => uncovers[role]?.includes(kind) ?? false);

/** A value that is masked: where, of which nature, and whether whoever reads may uncover it. */
export interface MaskedField {
  /** RFC 6901, from the event. */
  readonly pointer: string;
  readonly kind: PersonalKind;
  readonly mayUncover: boolean;
}

const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

const stepInto = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** The value at a place; undefined where there is none. */
export const valueAt = (event: unknown, pointer: string): unknown =>
  keysOf(pointer).reduce<unknown>(stepInto, event);

const replaceAt = (event: object, pointer: string): void => {
  const keys = keysOf(pointer);
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>(stepInto, event);
  if (typeof holder === 'object' && holder !== null) Reflect.set(holder, last, mask);
};

/** The places in an event that are of persons. */
export const fieldsOf = (
  event: { readonly type?: unknown; readonly data?: unknown },
  person: Pick<Person, 'roles'>,
): readonly MaskedField[] => {
  const type = typeof event.type === 'string' ? event.type : '';
  return personalPlaces(type, event.data).map(({ pointer, kind }) => ({
    pointer: `/data${pointer}`,
    kind,
    mayUncover: mayUncover(person, kind),
  }));
};

/** The event with a mask at each of the places. */
export const masked = (event: object, fields: readonly MaskedField[]): object => {
  const copy = structuredClone(event);
  for (const { pointer } of fields) replaceAt(copy, pointer);
  return copy;
};

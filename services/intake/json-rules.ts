import { reason, refuse } from './reasons.js';
import type { RefusalReason } from './refusal.js';

const deepest = 64;
/** More reasons than anybody reads are not collected. */
const mostReasons = 1_000;
const unwritable = /[\0\p{Surrogate}]/u;

interface Place {
  readonly parent: Place | null;
  readonly name: string;
  readonly value: unknown;
  readonly depth: number;
}

const pointerOf = (place: Place): string => {
  const names: string[] = [];
  for (let at = place; at.parent; at = at.parent)
    names.unshift(at.name.replaceAll('~', '~0').replaceAll('/', '~1'));
  return names.map((name) => `/${name}`).join('');
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Names by which a careless reader downstream could be made to change what all its objects inherit. */
const poisons = (name: string, value: unknown): boolean =>
  name === '__proto__' ||
  (name === 'constructor' && isObject(value) && Object.hasOwn(value, 'prototype'));

const placesIn = (place: Place, value: Readonly<Record<string, unknown>>): Place[] =>
  Object.entries(value).map(([name, part]) => ({
    parent: place,
    name,
    value: part,
    depth: place.depth + 1,
  }));

const refusePlace = (place: Place): void => {
  if (poisons(place.name, place.value)) {
    const params = { property: place.name };
    const reasons = [reason(pointerOf(place), 'unknown-property.forbidden', params)];
    throw refuse('envelope-invalid', { reasons });
  }
  if (isObject(place.value) && place.depth > deepest)
    throw refuse('too-deep', { params: { maxDepth: deepest } });
};

const keyOf = ({ name, value }: Place): string | null => {
  if (value === null) return 'type.null';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'type.number';
  const unfit = unwritable.test(name) || (typeof value === 'string' && unwritable.test(value));
  return unfit ? 'pattern.characters' : null;
};

/**
 * What no JSON value on the bus may hold, however deep: throws `too-deep` and `envelope-invalid` (400); answers
 * null values, numbers out of range and strings with U+0000 or a lone surrogate (422) for the stage that refuses those.
 */
export const checkJson = (event: unknown): readonly RefusalReason[] => {
  const reasons: RefusalReason[] = [];
  const waiting: Place[] = [{ parent: null, name: '', value: event, depth: 1 }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    refusePlace(place);
    const key = keyOf(place);
    if (key !== null && reasons.length < mostReasons) reasons.push(reason(pointerOf(place), key));
    if (isObject(place.value)) waiting.push(...placesIn(place, place.value));
  }
  return reasons;
};

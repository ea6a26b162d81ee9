import { reason, refuse } from './reasons.js';
import type { RefusalReason } from './refusal.js';

const deepest = 64;
/** More reasons than anybody reads are not collected. */
const mostReasons = 1_000;
const unwritable = /[\0\p{Surrogate}]/u;

/** An object or list on the way, with the way back to the top. */
interface Place {
  readonly parent: Place | null;
  readonly name: string | number;
  readonly value: object;
  readonly depth: number;
}

const pointerTo = (parent: Place, name: string | number): string => {
  const names = [name];
  for (let at = parent; at.parent; at = at.parent) names.unshift(at.name);
  return names.map((one) => `/${String(one).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
};

/** Names by which a careless reader downstream could be made to change what all its objects inherit. */
const poisons = (name: string | number, value: unknown): boolean =>
  name === '__proto__' ||
  (name === 'constructor' &&
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'prototype'));

const keyOf = (name: string | number, value: unknown): string | null => {
  if (value === null) return 'type.null';
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'type.number';
  const unfit =
    (typeof value === 'string' && unwritable.test(value)) ||
    (typeof name === 'string' && unwritable.test(name));
  return unfit ? 'pattern.characters' : null;
};

/** Looks at all of one object or list; answers the objects and lists in it. */
const look = (place: Place, reasons: RefusalReason[]): Place[] => {
  const { value, depth } = place;
  const inside: Place[] = [];
  const one = (name: string | number, part: unknown): void => {
    if (poisons(name, part)) {
      const found = reason(pointerTo(place, name), 'unknown-property.forbidden', {
        property: name,
      });
      throw refuse('envelope-invalid', { reasons: [found] });
    }
    const key = keyOf(name, part);
    if (key !== null && reasons.length < mostReasons)
      reasons.push(reason(pointerTo(place, name), key));
    if (typeof part === 'object' && part !== null)
      inside.push({ parent: place, name, value: part, depth: depth + 1 });
  };
  // A list of half a million numbers is looked at where it lies, not copied.
  if (Array.isArray(value)) value.forEach((part: unknown, index) => one(index, part));
  else for (const [name, part] of Object.entries(value) as [string, unknown][]) one(name, part);
  return inside;
};

/**
 * What no JSON value on the bus may hold, however deep: throws `too-deep` and `envelope-invalid` (400); answers
 * null values, numbers out of range and strings with U+0000 or a lone surrogate (422) for the stage that refuses those.
 */
export const checkJson = (event: unknown): readonly RefusalReason[] => {
  const reasons: RefusalReason[] = [];
  if (typeof event !== 'object' || event === null) return reasons;
  const waiting: Place[] = [{ parent: null, name: '', value: event, depth: 1 }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    if (place.depth > deepest) throw refuse('too-deep', { params: { limit: deepest } });
    for (const inside of look(place, reasons)) waiting.push(inside);
  }
  return reasons;
};

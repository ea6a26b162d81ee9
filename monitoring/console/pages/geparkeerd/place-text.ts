import type { Place } from './queries.ts';

/** A place as it stands in the address. */
export const placeText = ({ tenant, target, message }: Place): string =>
  `${tenant}~${target}~${message}`;

/** The place that the address names; null where it names none. */
export const placeOf = (text: string): Place | null => {
  const [tenant, target, message, more] = text.split('~');
  if (!tenant || !target || !message || more !== undefined) return null;
  return { tenant, target, message };
};

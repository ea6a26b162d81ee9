const pattern =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * The moment of an RFC 3339 text with `T` and `Z` in capitals and seconds 00-59; null for anything else, also for a day
 * that does not exist. Fractions finer than a millisecond are cut off.
 */
export const momentOf = (text: string): Date | null => {
  const [, year, month, day] = pattern.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const moment = new Date(text);
  return exists && !Number.isNaN(moment.getTime()) ? moment : null;
};

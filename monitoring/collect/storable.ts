/** Throws `RangeError` where there is no such moment. */
export const momentOf = (text: string): Date => {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new RangeError('there is no such moment');
  return date;
};

/** The same, of what may be missing. */
export const momentOrNull = (text: string | null): Date | null =>
  text === null ? null : momentOf(text);

/** Words of external systems may hold NUL, which PostgreSQL does not store. */
export const storable = (text: string | null): string | null => text?.replaceAll('\0', '') ?? null;

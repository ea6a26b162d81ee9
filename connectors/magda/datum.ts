const exists = (date: string): boolean => {
  const moment = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date);
};

/**
 * A date of a register in OSLO: what is not known of it, or cannot be, is left out, as in EDTF. Undefined where not even the
 * year is known (`0000`), where it stands for "not yet" (`9999`), or where it is no date.
 */
export const datumOf = (text = ''): string | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const year = text.slice(0, 4);
  if (year === '0000' || year === '9999') return undefined;
  if (exists(text)) return text;
  const yearMonth = text.slice(0, 7);
  return exists(`${yearMonth}-01`) ? yearMonth : year;
};

/** 11 digits, whole or with the usual separators: `85.07.30-033.28`. */
const candidates =
  /(?<!\d)(\d{2})[.\-/ _]?(\d{2})[.\-/ _]?(\d{2})[.\-/ _]?(\d{3})[.\-/ _]?(\d{2})(?!\d)/g;

/** Identifiers of machines, in which such digits stand by chance. */
const machineMade =
  /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<![0-9a-z])[0-9a-f]{20,}(?![0-9a-z])/gi;

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const checks = (firstNine: string, check: number): boolean =>
  97 - (Number(firstNine) % 97) === check || 97 - (Number(`2${firstNine}`) % 97) === check;

/** Months of BIS numbers are 20 or 40 higher, those of invented persons 60; 00 is an unknown day or month. */
const isDate = (month: string, day: string): boolean =>
  Number(month) % 20 <= 12 && Number(day) <= 31;

/**
 * Says whether a text holds a valid INSZ (rijksregisternummer or BIS number: 11 digits, the last two 97 minus the rest
 * modulo 97, with a 2 before the rest for births from 2000 on), also percent-encoded.
 */
export const holdsPersonalNumber = (text: string): boolean => {
  const plain = unescaped(text).replaceAll(machineMade, ' ');
  return [...plain.matchAll(candidates)].some(
    ([, year = '', month = '', day = '', serial = '', check = '']) =>
      isDate(month, day) && checks(`${year}${month}${day}${serial}`, Number(check)),
  );
};

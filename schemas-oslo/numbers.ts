/** 97 minus the rest modulo 97 of what stands before it. */
const checkOf = (digits: string): number => 97 - (Number(digits) % 97);

/** Months of BIS numbers are 20 or 40 higher, those of invented persons 60; 00 is an unknown month or day. */
const isBirth = (month: number, day: number): boolean => month % 20 <= 12 && day <= 31;

const insz = /^(\d\d(\d\d)(\d\d)\d{3})(\d\d)$/;

/**
 * An INSZ (rijksregisternummer or BIS number): eleven digits, the last two a check over the nine before them, which for
 * births from 2000 on have a 2 in front.
 */
export const isInsz = (text: string): boolean => {
  const match = insz.exec(text);
  if (!match) return false;
  const [nine = '', month, day, check] = match.slice(1);
  const checks = [checkOf(nine), checkOf(`2${nine}`)];
  return isBirth(Number(month), Number(day)) && checks.includes(Number(check));
};

/** A number of the Kruispuntbank van Ondernemingen: ten digits without dots, the last two a check over the eight before them. */
export const isKbo = (text: string): boolean =>
  /^[01]\d{9}$/.test(text) && checkOf(text.slice(0, 8)) === Number(text.slice(8));

/** A vCode of the Verenigingsregister. */
export const isVCode = (text: string): boolean => /^V\d{7,8}$/.test(text);

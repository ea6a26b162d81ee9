import { isInsz, isKbo, isVCode } from './numbers.js';
import { parseWkt } from './wkt.js';

const iri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`[\]\u0000-\u0020\u007f-\u009f\p{Cs}\p{Co}]+$/u;
const brokenEscape = /%(?![0-9A-Fa-f]{2})/;

/** An absolute IRI (RFC 3987); one of http or https names a host. */
export const isIri = (text: string): boolean =>
  iri.test(text) &&
  !brokenEscape.test(text) &&
  (!/^https?:/i.test(text) || /^https?:\/\/[^/?#:@]/i.test(text));

const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|[+-](\d\d):(\d\d))$/;

const isCalendarDay = (year: number, month: number, day: number): boolean =>
  year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

const daysIn = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
};

const isTimeOfDay = (hour: number, minute: number, second: number): boolean =>
  hour < 24 && minute < 60 && second < 60;

/** A moment of RFC 3339 on an existing day, with `T` and `Z` in capitals, seconds 00-59 and an offset of at most 14 hours. */
export const isDateTime = (text: string): boolean => {
  const match = dateTime.exec(text);
  if (!match) return false;
  const part = (index: number): number => Number(match[index] ?? 0);
  return (
    isCalendarDay(part(1), part(2), part(3)) &&
    isTimeOfDay(part(4), part(5), part(6)) &&
    part(7) * 60 + part(8) <= 14 * 60 &&
    part(8) < 60
  );
};

/** A day of the calendar, or a month or year where a register knows no more (ISO 8601 with reduced precision, EDTF level 0). */
export const isDate = (text: string): boolean => {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  return year !== undefined && isCalendarDay(Number(year), Number(month), Number(day));
};

/** Something that can be an e-mail address: one `@` with text without blanks on both sides. */
export const isEmail = (text: string): boolean =>
  /^[^\s@\u0000-\u001f\u007f\ud800-\udfff]+@[^\s@\u0000-\u001f\u007f\ud800-\udfff]+$/u.test(text);

/** The formats of the schemas; each runs in time linear in the text. */
export const formats: Record<string, (text: string) => boolean> = {
  iri: isIri,
  'date-time': isDateTime,
  email: isEmail,
  datum: isDate,
  insz: isInsz,
  kbo: isKbo,
  vcode: isVCode,
  wkt: (text) => parseWkt(text) !== null,
};

const uuid = /[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/;
const email = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{3,255}/u;
const insz = /(?<!\d)\d{2}[. ]?\d{2}[. ]?\d{2}[- .]?\d{3}[. -]?\d{2}(?!\d)/;
const iban = /\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b/;
const telephone = /(?<![\w.:])(?:\+|0)\d[\d ./()-]{6,30}\d/;

const personal = new RegExp(
  [uuid, email, insz, iban, telephone].map(({ source }) => `(?:${source})`).join('|'),
  'gu',
);
const wholeUuid = new RegExp(`^${uuid.source}$`);

/** Longest text of the other side that goes into a failure. */
export const longestReason = 500;

/** Text of the other side without e-mail addresses, telephone, INSZ-like and account numbers, on one line, cut. */
export const scrub = (text: string): string => {
  const plain = text.slice(0, 4_000).replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  const safe = plain.replace(personal, (found) => (wholeUuid.test(found) ? found : '[…]')).trim();
  return safe.length <= longestReason ? safe : `${safe.slice(0, longestReason - 1)}…`;
};

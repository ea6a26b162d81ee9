const usualSeconds = 60;
const mostSeconds = 86_400;

/**
 * Reads `LBBUS_AGREED_SECONDS` (60): within so long 95 % of the messages are to be delivered, in milliseconds. Throws where
 * it makes no sense.
 */
export const readAgreedMs = (env: Readonly<Record<string, string | undefined>>): number => {
  const text = env['LBBUS_AGREED_SECONDS'];
  if (text === undefined || text === '') return usualSeconds * 1_000;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= mostSeconds) return seconds * 1_000;
  throw new Error(`LBBUS_AGREED_SECONDS="${text}" is not a whole number from 1 to ${mostSeconds}`);
};

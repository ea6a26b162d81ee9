import { defaultMaxLength } from './topology.js';

/**
 * Messages in a target or hook queue, at most: `LBBUS_QUEUE_MAX_LENGTH`, the same for every process of a deployment.
 * Throws where it is not a whole number above 0.
 */
export const readMaxLength = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): number => {
  const text = env['LBBUS_QUEUE_MAX_LENGTH'];
  if (text === undefined || text === '') return defaultMaxLength;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`LBBUS_QUEUE_MAX_LENGTH="${text}" is not a whole number above 0`);
  return value;
};

import type { Cause, CauseCode } from './health.js';

const since = ({ at }: Cause): string => (at === null ? '' : ` since ${at.toISOString()}`);
const by = ({ what }: Cause): string => (what === null ? '' : ` (${what})`);
const messages = (count: number | null): string =>
  count === 1 ? '1 message' : `${count ?? 0} messages`;

const sentences: Readonly<Record<CauseCode, (cause: Cause) => string>> = {
  held: (cause) =>
    `held by the bus${since(cause)}${by(cause)}: put the setting right, it goes on by itself`,
  'held-by-operator': (cause) =>
    `held by ${cause.what ?? 'an operator'}${since(cause)}; ${messages(cause.count)} wait`,
  away: (cause) => `does not answer${since(cause)}${by(cause)}; ${messages(cause.count)} wait`,
  recovering: (cause) => `is back${since(cause)} and takes what waited, step by step`,
  stuck: (cause) =>
    `${messages(cause.count)} lie in the queue and nothing was delivered for ten minutes: look at the delivery processes`,
  'parked-growing': (cause) => `${messages(cause.count)} parked within the hour${by(cause)}`,
  parked: (cause) => `${messages(cause.count)} parked, for somebody to decide${by(cause)}`,
  'waiting-long': (cause) =>
    `${messages(cause.count)} wait for another attempt, the oldest${since(cause)}${by(cause)}`,
  waiting: (cause) =>
    `${messages(cause.count)} wait for another attempt, the oldest${since(cause)}${by(cause)}`,
  unread: (cause) => `what changed there could not be read${by(cause)}`,
  ended: (cause) => `${cause.what ?? 'a secret'} ended at ${cause.at?.toISOString() ?? '?'}`,
  ending: (cause) => `${cause.what ?? 'a secret'} ends at ${cause.at?.toISOString() ?? '?'}`,
  slow: (cause) => `95 % were delivered within ${cause.count ?? 0} s, longer than agreed`,
  silent: (cause) =>
    `nothing within the hour, where each of the last four weeks had at least ${messages(cause.count)}`,
};

/** A cause as a sentence in English, for the API and the command line. */
export const causeWords = (cause: Cause): string => sentences[cause.code](cause);

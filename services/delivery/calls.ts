import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call } from '#bus/records.js';
import type { ObservedRequest } from '#kit/http.js';

/** A trace tells of the last of them: an attempt that makes more is looking through pages. */
const mostCalls = 20;

const gathering = new AsyncLocalStorage<Call[]>();

/** Runs `work` so that what it asks of external systems is noted in `calls`. */
export const notingCalls = <T>(calls: Call[], work: () => T): T => gathering.run(calls, work);

/** Notes a request in the attempt that made it; outside one, as in a poll, it is of no message. */
export const noteCall = ({ method, status, durationMs }: ObservedRequest): void => {
  const calls = gathering.getStore();
  if (!calls) return;
  if (calls.length === mostCalls) calls.shift();
  calls.push({ method, status, durationMs: Math.round(durationMs) });
};

import { Refused } from './state.js';
import type { Environment, Limit } from './state.js';

const limits: Readonly<Record<Limit, readonly [string, string]>> = {
  requests: [
    '0x80072322',
    'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
  ],
  time: [
    '0x80072321',
    'Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
  ],
  concurrency: ['0x80072326', 'Number of concurrent requests exceeded the limit of 52.'],
};

/** The refusal of a service protection limit, while one is exceeded. */
export const throttling = ({ throttled }: Environment): Refused | null => {
  if (!throttled || throttled.left === 0) return null;
  throttled.left -= 1;
  const [code, message] = limits[throttled.limit];
  return new Refused(429, code, message, { 'retry-after': String(throttled.retryAfterSeconds) });
};

import { expect } from '@jest/globals';
import type { FaultKind } from '../simulator.js';
import { failureOf } from './bench.js';
import type { Bench } from './bench.js';
import { eachExample } from './point.js';
import type { Point } from './point.js';

interface Expected {
  readonly verdict: string;
  readonly code?: string;
  readonly retryAfterMs?: number;
  readonly says?: string;
  /** True where the deadline of the bus passes once the request has arrived. */
  readonly late?: boolean;
}

/** A deadline that passes when the other side has the request in hand; keeps no process alive. */
const onceAsked = ({ simulator }: Bench): AbortSignal => {
  const deadline = new AbortController();
  const look = setInterval(() => {
    if (simulator.requests().length === 0) return;
    clearInterval(look);
    deadline.abort();
  }, 5).unref();
  return deadline.signal;
};

/** The fault meets the first request of a delivery: it must come out as expected, and be the last one. */
const faultPoint = (name: string, faults: readonly FaultKind[], expected: Expected): Point =>
  eachExample(name, async (bench, example) => {
    for (const fault of faults) {
      const { send } = await bench.delivery(example);
      bench.simulator.fault(fault);
      const { late = false, says, ...outcome } = expected;
      const failure = await failureOf(late ? send({ signal: onceAsked(bench) }) : send());
      expect(failure).toMatchObject(outcome);
      if (says !== undefined) expect(failure.message).toContain(says);
      expect({ fault: fault.kind, requests: bench.simulator.requests().length }).toEqual({
        fault: fault.kind,
        requests: 1,
      });
      bench.simulator.clearFaults();
    }
  });

/** Every fault on the other side comes out as a `Failure` with the right verdict, and none is retried in hiding. */
export const faultPoints: readonly Point[] = [
  faultPoint(
    '429 waits as long as Retry-After says',
    [{ kind: 'status', status: 429, retryAfter: '7' }],
    {
      verdict: 'retry',
      code: 'rate-limited',
      retryAfterMs: 7_000,
    },
  ),
  faultPoint(
    '503, 500 and a dropped line are retried by the bus',
    [{ kind: 'status', status: 503 }, { kind: 'status', status: 500 }, { kind: 'drop' }],
    {
      verdict: 'retry',
      code: 'unavailable',
    },
  ),
  faultPoint('an answer that does not come is retried by the bus', [{ kind: 'hang' }], {
    verdict: 'retry',
    code: 'timeout',
    late: true,
  }),
  faultPoint('401 gives pause', [{ kind: 'status', status: 401 }], {
    verdict: 'pause',
    code: 'unauthorized',
  }),
  faultPoint(
    'a redirect gives pause and is not followed',
    [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }],
    {
      verdict: 'pause',
      code: 'redirected',
    },
  ),
  faultPoint(
    'a refusal is rejected with the reason of the other side',
    [
      { kind: 'status', status: 400 },
      { kind: 'status', status: 422 },
    ],
    {
      verdict: 'reject',
      says: 'Fault injected',
    },
  ),
  faultPoint(
    'a login page, broken JSON or an endless answer is no success',
    [
      { kind: 'login-page' },
      { kind: 'broken-json' },
      { kind: 'huge', sizeBytes: 11 * 1024 * 1024 },
    ],
    { verdict: 'retry', code: 'unavailable' },
  ),
];

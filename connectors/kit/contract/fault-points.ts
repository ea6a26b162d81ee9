import { expect } from '@jest/globals';
import type { FaultKind } from '../simulator.js';
import { askedOf, failureOf, makersOf } from './bench.js';
import type { Bench, Subject } from './bench.js';
import { eachExample, withBench } from './point.js';
import type { Point } from './point.js';
import { patienceMs } from './sending.js';

interface Expected {
  readonly verdict: string;
  readonly code?: string;
  readonly retryAfterMs?: number;
  readonly says?: string;
  /** True where the deadline of the bus passes once the request has arrived. */
  readonly late?: boolean;
  /** True where a token that was refused may be replaced once: the request then comes twice, and fails twice. */
  readonly oncePerToken?: boolean;
}

/** A deadline that passes when the other side has the request in hand; keeps no process alive. */
const onceAsked = (bench: Bench): AbortSignal => {
  const deadline = new AbortController();
  const look = setInterval(() => {
    if (askedOf(bench).length === 0) return;
    clearInterval(look);
    deadline.abort();
  }, 5).unref();
  return deadline.signal;
};

const takesTokens = ({ connector }: Subject): boolean =>
  connector.simulator?.tokenPath !== undefined;

/** The fault meets the first request of a delivery: it must come out as expected, and be the last one. */
const faultPoint = (name: string, faults: readonly FaultKind[], expected: Expected): Point =>
  eachExample(name, async (bench, example, subject) => {
    const { late = false, oncePerToken = false, says, ...outcome } = expected;
    const most = oncePerToken && takesTokens(subject) ? 2 : 1;
    for (const fault of faults) {
      const { send } = await bench.delivery(example);
      bench.simulator.fault({ ...fault, times: most });
      const failure = await failureOf(late ? send({ signal: onceAsked(bench) }) : send());
      expect(failure).toMatchObject(outcome);
      if (says !== undefined) expect(failure.message).toContain(says);
      const requests = askedOf(bench).length;
      expect({ fault: fault.kind, requests, most }).toEqual({
        fault: fault.kind,
        requests: Math.min(Math.max(requests, 1), most),
        most,
      });
      bench.simulator.clearFaults();
    }
  });

/** The fault meets the request for a token: nothing is sent without one, and what is wrong is nobody's message. */
const tokenPoint = (
  name: string,
  faults: readonly FaultKind[],
  expected: Pick<Expected, 'verdict' | 'code' | 'retryAfterMs'>,
): Point => ({
  name,
  needsSimulator: true,
  notApplicable: (subject) => (takesTokens(subject) ? null : 'it needs no token'),
  run: async (subject) => {
    const [example] = makersOf(subject);
    if (!example) throw new Error('no example makes something');
    for (const fault of faults) {
      await withBench(subject, async ({ open, simulator, first }) => {
        simulator.fault({ ...fault, at: 'token' });
        expect(await failureOf(first(example).send())).toMatchObject(expected);
        expect(simulator.requests().map(({ forToken }) => forToken)).toEqual([true]);
        await subject.connector.check(open.client, { signal: AbortSignal.timeout(patienceMs) });
      });
    }
  },
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
    oncePerToken: true,
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
  tokenPoint(
    'where tokens are given may be in trouble: the bus tries again',
    [
      { kind: 'status', status: 503 },
      { kind: 'drop' },
      { kind: 'login-page' },
      { kind: 'broken-json' },
      { kind: 'huge', sizeBytes: 11 * 1024 * 1024 },
    ],
    { verdict: 'retry', code: 'unavailable' },
  ),
  tokenPoint(
    'a token that is refused gives pause, whatever the status',
    [400, 401, 404].map((status) => ({ kind: 'status', status })),
    { verdict: 'pause', code: 'unauthorized' },
  ),
];

import { expect } from '@jest/globals';
import { expectValid } from './description-points.js';
import { effectsOf, failureOf } from './bench.js';
import type { Bench } from './bench.js';
import { eachExample } from './point.js';
import type { Point } from './point.js';

/** Methods by which something is brought about. */
const acting = ['POST', 'PUT', 'PATCH', 'DELETE'];

const actingRequests = ({ simulator }: Bench): number =>
  simulator.requests().filter(({ method }) => acting.includes(method)).length;

const answersValid = eachExample(
  'the answer of a delivery is valid OSLO',
  async (bench, example) => {
    const { operation, message, send } = await bench.delivery(example);
    const answer = operation.answer?.(await send(), message, bench.open.settings) ?? null;
    if (operation.answers === undefined) expect(answer).toBeNull();
    if (answer === null) return;
    expect(answer.type).toBe(operation.answers?.type);
    expectValid(answer);
  },
);

const referenceStable = eachExample(
  'a delivery brings something about, and names it the same when it comes again',
  async (bench, example) => {
    const { operation, message, send } = await bench.delivery(example);
    const before = effectsOf(bench);
    const request = operation.map(message, bench.open.settings);
    const first = operation.refer?.(await send(), request) ?? null;
    expect(effectsOf(bench)).toBeGreaterThan(before);
    const second = operation.refer?.(await send({ redelivered: true }), request) ?? null;
    expect(second?.externalId).toBe(first?.externalId);
  },
);

const actsOnce = eachExample('a redelivery acts once', async (bench, example) => {
  const { operation, send } = await bench.delivery(example);
  await send();
  const once = effectsOf(bench);
  await send({ redelivered: true });
  if (operation.redelivery === 'may-repeat') expect(effectsOf(bench)).toBeGreaterThan(once);
  else expect(effectsOf(bench)).toBe(once);
});

const lostReply = eachExample(
  'a lost reply does not act twice, whichever it is',
  async (bench, example) => {
    const measured = await bench.delivery(example);
    if (measured.operation.redelivery === 'may-repeat') return;
    const before = effectsOf(bench);
    await measured.send();
    const once = effectsOf(bench) - before;
    const requests = actingRequests(bench);
    for (let skip = 0; skip < requests; skip += 1) {
      const { send } = await bench.delivery(example);
      const start = effectsOf(bench);
      bench.simulator.fault({ kind: 'drop', handled: true, methods: acting, skip });
      expect((await failureOf(send())).verdict).toBe('retry');
      await send({ redelivered: true });
      expect({ lost: skip, effects: effectsOf(bench) - start }).toEqual({
        lost: skip,
        effects: once,
      });
    }
  },
);

/** What a message brings about, however often and however badly it is delivered. */
export const deliveryPoints: readonly Point[] = [
  answersValid,
  referenceStable,
  actsOnce,
  lostReply,
];

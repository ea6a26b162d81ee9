import { expect } from '@jest/globals';
import { messageTypes } from '#oslo/message-types.js';
import { expectValid } from './description-points.js';
import { askedOf, effectsOf, failureOf } from './bench.js';
import type { Bench } from './bench.js';
import type { OperationExample } from './examples.js';
import { askingNobody, eachExample, withBench } from './point.js';
import type { Point } from './point.js';

/** Methods by which something is brought about. */
const acting = ['POST', 'PUT', 'PATCH', 'DELETE'];

const actingRequests = (bench: Bench): number =>
  askedOf(bench).filter(({ method }) => acting.includes(method)).length;

/** What a question is about is there already; an answer is all that it brings. */
const isQuestion = ({ message: { type } }: OperationExample): boolean =>
  typeof type === 'string' && messageTypes.get(type)?.kind === 'question';

const answersValid = eachExample(
  'the answer of a delivery is valid OSLO',
  async (bench, example) => {
    const { operation, message, send } = await bench.delivery(example);
    const answer = operation.answer?.(await send(), message, bench.open.settings) ?? null;
    if (operation.answers === undefined) expect(answer).toBeNull();
    if (isQuestion(example)) expect(answer).not.toBeNull();
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
    const made = await send();
    if (!isQuestion(example)) expect(effectsOf(bench)).toBeGreaterThan(before);
    const first = operation.refer?.(made, request) ?? null;
    const again = await send({ redelivered: true });
    const second = operation.refer?.(again, request) ?? null;
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

/** Loses the reply to one acting request, delivers again, and tells what came of both. */
const effectsAfterLoss = async (
  bench: Bench,
  example: OperationExample,
  skip: number,
): Promise<number> => {
  const { send } = await bench.delivery(example);
  const before = effectsOf(bench);
  bench.simulator.fault({ kind: 'drop', handled: true, methods: acting, skip });
  expect((await failureOf(send())).verdict).toBe('retry');
  await send({ redelivered: true });
  return effectsOf(bench) - before;
};

const lostReply = eachExample(
  'a lost reply does not act twice, whichever it is',
  async (bench, example, subject) => {
    const { operation, send } = await bench.delivery(example);
    if (operation.redelivery === 'may-repeat') return;
    const before = effectsOf(bench);
    await send();
    const once = effectsOf(bench) - before;
    const requests = actingRequests(bench);
    for (let skip = 0; skip < requests; skip += 1) {
      await withBench(subject, async (another) => {
        const effects = await effectsAfterLoss(another, example, skip);
        expect({ lost: skip, effects }).toEqual({ lost: skip, effects: once });
      });
    }
  },
);

const quietOnes: Point = {
  name: 'what only remembers asks nobody',
  needsSimulator: true,
  notApplicable: (subject) =>
    askingNobody(subject).length > 0 ? null : 'each operation asks the other side',
  run: async (subject) => {
    for (const example of askingNobody(subject))
      await withBench(subject, async (bench) => {
        const { send } = await bench.delivery(example);
        await send();
        expect(bench.simulator.requests()).toEqual([]);
      });
  },
};

/** What a message brings about, however often and however badly it is delivered. */
export const deliveryPoints: readonly Point[] = [
  answersValid,
  referenceStable,
  actsOnce,
  lostReply,
  quietOnes,
];

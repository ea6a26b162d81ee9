import { expect } from '@jest/globals';
import { effectsOf, failureOf, referenceOf } from './bench.js';
import type { Bench, Subject } from './bench.js';
import type { AnySource } from '../source.js';
import { operationOf } from './examples.js';
import { withBench } from './point.js';
import type { Point } from './point.js';
import type { Delivery } from './sending.js';
import { change, changesOf, makerOf, polled, readPages } from './source-reading.js';

/** A thing of which the first request that made it lost its reply, and which people changed since. */
interface Unheard {
  readonly delivery: Delivery;
  readonly source: AnySource;
  readonly items: () => Promise<unknown[]>;
}

const loseReply = async (subject: Subject, bench: Bench, name: string): Promise<Unheard> => {
  const delivery = await bench.delivery(makerOf(subject));
  const source = subject.connector.sources?.[name] as AnySource;
  // A look-up may be a POST as well: what counts is the request that brings something about.
  for (let skip = 0; effectsOf(bench) === 0; skip += 1) {
    bench.simulator.fault({ kind: 'drop', handled: true, methods: ['POST', 'PUT', 'PATCH'], skip });
    expect((await failureOf(delivery.send())).verdict).toBe('retry');
  }
  const { cursor } = await readPages({ bench, source }, null);
  change(bench, changesOf(subject, name)[0]);
  return {
    delivery,
    source,
    items: async () => (await readPages({ bench, source }, cursor)).items,
  };
};

const afterLostReply = (
  name: string,
  run: (bench: Bench, unheard: Unheard) => Promise<void>,
): Point => ({
  name,
  needsSimulator: true,
  notApplicable: (subject) => {
    if (polled(subject.connector).length === 0) return 'it polls nothing';
    const { operation } = operationOf(subject.connector, makerOf(subject));
    return operation.redelivery === 'by-reference' ? null : 'it looks nothing up';
  },
  run: async (subject) => {
    for (const source of polled(subject.connector)) {
      await withBench(subject, async (bench) =>
        run(bench, await loseReply(subject, bench, source)),
      );
    }
  },
});

const toldByMessage = afterLostReply(
  'what people changed before a lost reply was looked up is told: its item names our message',
  async ({ open }, { delivery, source, items }) => {
    const { busId, subject } = delivery.message;
    const ours = (await items()).filter((item) => source.message?.(item) === busId);
    const context = { subject, state: undefined, settings: open.settings };
    expect(ours.flatMap((item) => source.map(item, context).message ?? [])).toHaveLength(1);
  },
);

const toldAfterLookup = afterLostReply(
  'what people changed before a lost reply was looked up is told: the look-up does not take it for ours',
  async ({ open }, { delivery, source, items }) => {
    const reference = referenceOf(delivery, await delivery.send({ redelivered: true }), open);
    const ours = (await items()).filter(
      (item) => source.externalId(item) === reference?.externalId,
    );
    const { subject } = delivery.message;
    const context = { subject, state: reference?.state, settings: open.settings };
    expect(ours.flatMap((item) => source.map(item, context).message ?? [])).toHaveLength(1);
  },
);

/** What people change while nobody knows yet whether our request was carried out. */
export const lostReplyPoints: readonly Point[] = [toldByMessage, toldAfterLookup];

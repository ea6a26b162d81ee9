import { expect } from '@jest/globals';
import type { Connector } from '../definition.js';
import type { Json } from '../message.js';
import type { AnySource, SourceResult } from '../source.js';
import { Failure } from '../failure.js';
import { referenceOf } from './bench.js';
import type { Bench, Subject } from './bench.js';
import { expectValid } from './description-points.js';
import { withBench } from './point.js';
import type { Point } from './point.js';
import { change, changesOf, makerOf, polled, readPages } from './source-reading.js';
import type { Reading } from './source-reading.js';

/** A source in action: what is known of the thing it is about, and where the next look begins. */
interface Following extends Reading {
  readonly changes: readonly string[];
  readonly subject: string;
  /** Null where every item is about it. */
  readonly externalId: string | null;
  state: Json | undefined;
  cursor: Json;
}

/** The items about the thing that is followed. */
const readAll = async (
  following: Following,
  from: Json,
): Promise<{ items: unknown[]; cursor: Json }> => {
  const { items, cursor } = await readPages(following, from);
  const { source, externalId } = following;
  return {
    items: items.filter((item) => externalId === null || source.externalId(item) === externalId),
    cursor,
  };
};

const mapped = (
  { bench, source, subject }: Following,
  item: unknown,
  state: Json | undefined,
): SourceResult => source.map(item, { subject, state, settings: bench.open.settings });

/** Messages of all items, keeping the state from one to the next. */
const follow = (following: Following, items: readonly unknown[]): string[] =>
  items.flatMap((item) => {
    const { message, state } = mapped(following, item, following.state);
    following.state = state;
    if (!message) return [];
    expectValid(message);
    expect(message.type).toBe(following.source.emits.type);
    return [message.id];
  });

/** A thing that a message of ours made; or, of a source about what was there before, any. */
const thingOf = async (
  subject: Subject,
  bench: Bench,
  name: string,
): Promise<Pick<Following, 'subject' | 'externalId' | 'state'>> => {
  if (subject.options.abroad?.includes(name) === true)
    return { subject: 'urn:lb:contract:thing', externalId: null, state: undefined };
  const delivery = await bench.delivery(makerOf(subject));
  const reference = referenceOf(delivery, await delivery.send(), bench.open);
  if (!reference) throw new Error(`${delivery.name} does not say what it made`);
  const { externalId, state } = reference;
  return { subject: delivery.message.subject, externalId, state };
};

const begin = async (subject: Subject, bench: Bench, name: string): Promise<Following> => {
  const following: Following = {
    ...(await thingOf(subject, bench, name)),
    bench,
    source: subject.connector.sources?.[name] as AnySource,
    changes: changesOf(subject, name),
    cursor: null,
  };
  following.cursor = (await readAll(following, null)).cursor;
  return following;
};

const eachPolled = (name: string, run: (following: Following) => Promise<void>): Point => ({
  name,
  needsSimulator: true,
  notApplicable: ({ connector }) => (polled(connector).length > 0 ? null : 'it polls nothing'),
  run: async (subject) => {
    for (const source of polled(subject.connector)) {
      await withBench(subject, async (bench) => run(await begin(subject, bench, source)));
    }
  },
});

const noEcho = eachPolled('what the bus itself brought about does not echo', async (following) => {
  expect(follow(following, (await readAll(following, following.cursor)).items)).toEqual([]);
});

const repeatedOnce = eachPolled(
  'a change gives one message, however often it is read',
  async (following) => {
    change(following.bench, following.changes[0]);
    const { items } = await readAll(following, following.cursor);
    expect(follow(following, items)).toHaveLength(1);
    expect(follow(following, items)).toEqual([]);
    expect(follow(following, (await readAll(following, following.cursor)).items)).toEqual([]);
  },
);

const outOfOrder = eachPolled('an item out of order is put right', async (following) => {
  change(following.bench, following.changes[0]);
  const older = (await readAll(following, following.cursor)).items;
  change(following.bench, following.changes[1]);
  const newer = (await readAll(following, following.cursor)).items;
  const news = follow(following, newer);
  expect(news.length).toBeGreaterThan(0);
  expect(new Set(news).size).toBe(news.length);
  const known = JSON.stringify(following.state);
  expect(follow(following, older)).toEqual([]);
  expect(JSON.stringify(following.state)).toBe(known);
});

const survivesCrash = eachPolled(
  'after a crash the same changes give the same messages, and none is missed',
  async (following) => {
    change(following.bench, following.changes[0]);
    const before = following.state;
    const first = await readAll(following, following.cursor);
    const ids = follow(following, first.items);
    following.state = before;
    expect(follow(following, (await readAll(following, following.cursor)).items)).toEqual(ids);
    change(following.bench, following.changes[1]);
    expect(follow(following, (await readAll(following, first.cursor)).items)).toHaveLength(1);
  },
);

const hooked = ({ sources }: Connector): AnySource[] =>
  (Object.values(sources ?? {}) as AnySource[]).filter(({ webhook }) => webhook);

const refusesStranger: Point = {
  name: 'a webhook call of a stranger is refused',
  needsSimulator: true,
  notApplicable: ({ connector }) => (hooked(connector).length > 0 ? null : 'it has no webhook'),
  run: (subject) =>
    withBench(subject, ({ open }) => {
      for (const { webhook } of hooked(subject.connector)) {
        const call = (): void =>
          webhook?.verify({ headers: {}, body: Buffer.from('{}') }, open.settings);
        expect(call).toThrow(Failure);
      }
      return Promise.resolve();
    }),
};

/** What comes back from the other side, each change once and in order. */
export const sourcePoints: readonly Point[] = [
  noEcho,
  repeatedOnce,
  outOfOrder,
  survivesCrash,
  refusesStranger,
];

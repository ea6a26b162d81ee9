import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { End } from './other-side.js';
import type { Story } from './story.js';
import { hasEnded, type Stand } from './tables.js';

/** The small model beside the real thing: what can happen next, and what has come to its end. */
export interface Model {
  readonly ended: Map<string, Stand>;
  accepted: number;
  queued: number;
  going: number;
}

export const newModel = (): Model => ({ ended: new Map(), accepted: 0, queued: 0, going: 0 });

type Command = fc.AsyncCommand<Model, Story>;

/**
 * What must hold after whatever happened: each message is in the queue, or stands as a row, or has ended; what has ended
 * stays so; and nothing was found wrong on the way.
 */
const expectNothingLost = async ({ ended }: Model, story: Story): Promise<void> => {
  expect(story.wrong).toEqual([]);
  const stands = await story.tables.stands();
  const queued = new Set(story.queue.map(({ envelope }) => envelope.id));
  expect(story.messages.filter(({ id }) => !stands.has(id) && !queued.has(id))).toEqual([]);
  for (const [message, end] of ended)
    expect([message, stands.get(message)]).toEqual([message, end]);
  for (const [message, stand] of stands) if (hasEnded(stand)) ended.set(message, stand);
};

const command = (
  name: string,
  run: (story: Story) => unknown,
  { when = () => true, quiet = false }: { when?: (model: Model) => boolean; quiet?: boolean } = {},
): Command => ({
  check: when,
  run: async (model, story) => {
    await run(story);
    if (!quiet) await expectNothingLost(model, story);
    model.accepted = story.messages.length;
    model.queued = story.queue.filter(({ by }) => by === null).length;
    model.going = story.going.length;
  },
  toString: () => name,
});

/** Mostly nobody dies. */
const death = fc.oneof(
  { weight: 3, arbitrary: fc.constant(Infinity) },
  { weight: 1, arbitrary: fc.nat(9) },
);
const ends: readonly End[] = [
  'done',
  'done',
  'answered',
  'lost',
  'retry',
  'broken',
  'reject',
  'pause',
];
const some = fc.nat(5);

const withDeath = (
  name: string,
  run: (story: Story, diesAfter: number) => unknown,
  when: (model: Model) => boolean,
) => death.map((after) => command(`${name}(${after})`, (story) => run(story, after), { when }));

const accepted = (model: Model): boolean => model.accepted > 0;
const queued = (model: Model): boolean => model.queued > 0;
const going = (model: Model): boolean => model.going > 0;

const arrive = fc
  .constantFrom('a', 'b')
  .map((subject) =>
    command(`arrive(${subject})`, (story) => story.arrive(subject), { quiet: true }),
  );

const again = fc.tuple(some, fc.constantFrom('a', 'a', 'other')).map(([index, content]) =>
  command(`again(${index}, ${content})`, (story) => story.comeAgain(index, content), {
    when: accepted,
    quiet: true,
  }),
);

const end = fc.tuple(some, fc.constantFrom(...ends), death).map(([index, how, after]) =>
  command(`end(${index}, ${how}, ${after})`, (story) => story.end(index, how, after), {
    when: going,
  }),
);

/** Longer than a lease, than an attempt may last, and than the first waits. */
const pass = fc
  .constantFrom(1_000, 5_000, 40_000, 80_000)
  .map((ms) => command(`pass(${ms})`, (story) => story.pass(ms), { when: accepted, quiet: true }));

const once = (name: string, run: (story: Story) => unknown): fc.Arbitrary<Command> =>
  fc.constant(command(name, run, { when: accepted, quiet: true }));

const arbitraries: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [5, arrive],
  [2, again],
  [6, withDeath('take', (story, after) => story.take(after), queued)],
  [5, withDeath('takeDue', (story, after) => story.takeDue(after), accepted)],
  [8, end],
  [5, pass],
  [1, once('die', (story) => story.die())],
  [1, once('freeze', (story) => story.freeze())],
  [1, once('hold', (story) => story.tables.hold())],
  [1, once('release', (story) => story.tables.release())],
  [1, once('failForLong', (story) => story.tables.failForLong())],
  [1, withDeath('sweep', (story, after) => story.sweep(after), accepted)],
];

/** Any course of events in one line. */
export const courses = fc.commands(
  arbitraries.flatMap(([weight, arbitrary]) => Array.from({ length: weight }, () => arbitrary)),
  { maxCommands: 30, size: 'max' },
);

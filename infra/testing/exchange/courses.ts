import fc from 'fast-check';
import { Exchange } from './exchange.js';
import type { People, System } from './system.js';

/** Where it happens; numbers choose among what is there at that moment. */
interface Place {
  readonly system: number;
  readonly subject: number;
}

/** One thing that happens. `deliver` and `look` are whole; `advance`, `read` and `bring` are parts of them. */
type Event =
  | ({ readonly what: 'give'; readonly status: number } & Place)
  | ({ readonly what: 'note' } & Place)
  | ({ readonly what: 'deliver' } & Place)
  | ({ readonly what: 'look' } & Place)
  | ({ readonly what: 'call' } & Place)
  | ({ readonly what: 'advance'; readonly lost: boolean } & Place)
  | ({ readonly what: 'read'; readonly source: number } & Place)
  | ({ readonly what: 'bring'; readonly page: number; readonly crash: boolean } & Place)
  | { readonly what: 'report'; readonly subject: number; readonly label: number }
  | { readonly what: 'pass'; readonly seconds: number };

type EventAt = Exclude<Event, { what: 'pass' | 'report' }>;

/** What happens to meldingen, from their registration or from after it. */
export interface Course {
  readonly registered: boolean;
  readonly events: readonly Event[];
}

const some = fc.nat(9);
const seldom = some.map((one) => one === 0);
const place = { system: fc.nat(7), subject: fc.constantFrom(0, 0, 0, 1) };
const being = <W extends Event['what']>(what: W) => ({ what: fc.constant(what), ...place });
const often = (weight: number, arbitrary: fc.Arbitrary<Event>) => ({ weight, arbitrary });

const event: fc.Arbitrary<Event> = fc.oneof(
  often(5, fc.record({ ...being('give'), status: some })),
  often(4, fc.record(being('deliver'))),
  often(4, fc.record(being('look'))),
  often(3, fc.record({ ...being('advance'), lost: seldom })),
  often(2, fc.record({ ...being('read'), source: some })),
  often(2, fc.record({ ...being('bring'), page: some, crash: seldom })),
  often(1, fc.record(being('call'))),
  often(1, fc.record(being('note'))),
  often(1, fc.record({ ...being('report'), label: some })),
  often(5, fc.record({ what: fc.constant('pass'), seconds: fc.constantFrom(0.3, 1, 2, 40) })),
);

export const courses: fc.Arbitrary<Course> = fc.record({
  registered: fc.nat(3).map((one) => one > 0),
  events: fc.array(event, { minLength: 4, maxLength: 30, size: 'max' }),
});

/** Statuses that an application gives. */
const reported = ['Ingetrokken', 'Heringediend', 'Opgelost', 'In onderzoek'];
const subjects = ['1', '2'].map((one) => `https://meldingen.aalter.example/id/melding/${one}`);

const one = <T>(list: readonly T[], at: number): T | undefined =>
  list[at % Math.max(1, list.length)];

/** What somebody wrote at a melding. */
interface Note {
  readonly system: System;
  readonly subject: string;
  readonly text: string;
}

/** What came of a course. */
export interface Ended {
  readonly exchange: Exchange;
  readonly subjects: readonly string[];
  /** How often people and applications changed a status or wrote a note. */
  readonly changes: number;
  /** Labels that were given, by subject. */
  readonly given: ReadonlyMap<string, ReadonlySet<string>>;
  readonly noted: readonly Note[];
}

class Playing {
  readonly exchange: Exchange;
  readonly given = new Map(subjects.map((subject) => [subject, new Set<string>()]));
  readonly noted: Note[] = [];
  changes = 0;

  constructor(exchange: Exchange) {
    this.exchange = exchange;
  }

  /** Every system is told; people work only in those that handle meldingen. */
  #system({ what, system }: EventAt): System {
    const { systems } = this.exchange;
    const isTold = what === 'deliver' || what === 'advance';
    const handling = systems.filter(({ people }) => people.statuses.length > 0);
    const found = one(isTold ? systems : handling, system);
    if (!found) throw new Error('there are no systems');
    return found;
  }

  async play(event: Event): Promise<void> {
    if (event.what === 'pass') {
      this.exchange.clock.nowMs += event.seconds * 1_000;
      return;
    }
    const subject = one(subjects, event.subject) ?? '';
    if (event.what === 'report') this.#report(subject, event.label);
    else await this.#playAt(this.#system(event), subject, event);
  }

  async #playAt(system: System, subject: string, event: EventAt): Promise<void> {
    const { exchange } = this;
    if (event.what === 'give') this.#give(system, subject, event.status);
    else if (event.what === 'note') this.#note(system, subject);
    else if (event.what === 'deliver') await deliver(exchange, system, subject);
    else if (event.what === 'look') await look(exchange, system);
    else if (event.what === 'call') await exchange.call(system, subject);
    else await playPart(exchange, system, subject, event);
  }

  #report(subject: string, at: number): void {
    const label = one(reported, at) ?? '';
    this.changes += 1;
    this.given.get(subject)?.add(label);
    this.exchange.report(subject, label);
  }

  #give(system: System, subject: string, at: number): void {
    const id = system.externalIdOf(subject);
    if (id === null) return;
    const { people } = system;
    this.changes += 1;
    people.give(system.drive.bind(system), id, one(people.statuses, at) ?? '');
    const { label } = system.seen(id);
    if (label !== null) this.given.get(subject)?.add(label);
  }

  #note(system: System, subject: string): void {
    const id = system.externalIdOf(subject);
    const { note } = system.people;
    if (id === null || !note) return;
    this.changes += 1;
    const text = `nieuws ${this.changes}`;
    note(system.drive.bind(system), id, text);
    this.noted.push({ system, subject, text });
  }
}

/** A part of a delivery or of a look. */
const playPart = async (
  exchange: Exchange,
  system: System,
  subject: string,
  event: Extract<EventAt, { what: 'advance' | 'read' | 'bring' }>,
): Promise<void> => {
  if (event.what === 'advance') await exchange.advance(system, subject, event.lost);
  else if (event.what === 'read')
    await exchange.read(system, one(system.sources, event.source)?.[0] ?? '');
  else exchange.bringIn(system, event.page % Math.max(1, system.pages.length), event.crash);
};

/** The message at the head of the lane is delivered, however many attempts that takes. */
const deliverNext = async (exchange: Exchange, system: System, subject: string): Promise<void> => {
  const queue = system.queueOf(subject);
  const [head] = queue;
  while (head && queue[0] === head) await exchange.advance(system, subject, false);
};

/** Everything in the lane is delivered. */
const deliver = async (exchange: Exchange, system: System, subject: string): Promise<void> => {
  while (system.queueOf(subject).length > 0) await deliverNext(exchange, system, subject);
};

/** What was read before is brought in, then what a new look finds. */
const look = async (exchange: Exchange, system: System): Promise<void> => {
  const bringAll = (): void => {
    for (let left = system.pages.length; left > 0; left--) exchange.bringIn(system, 0, false);
  };
  bringAll();
  for (const [name] of system.sources) await exchange.read(system, name);
  bringAll();
};

const longestDrain = 40;

/** Everything is delivered and looked at, until nothing more comes of it. Throws where that never ends. */
const drain = async (exchange: Exchange): Promise<void> => {
  const { systems, clock, accepted } = exchange;
  let quiet = 0;
  for (let round = 0; round < longestDrain; round++) {
    const before = accepted.length;
    for (const system of systems) {
      for (const subject of subjects) await deliver(exchange, system, subject);
      await look(exchange, system);
    }
    clock.nowMs += 60_000;
    const idle = systems.every((system) =>
      subjects.every((subject) => system.queueOf(subject).length === 0),
    );
    quiet = idle && before === accepted.length ? quiet + 1 : 0;
    if (quiet === 2) return;
  }
  throw new Error('the systems do not come to rest');
};

/** Plays a course of events with these people, and lets it come to an end. */
export const playOut = async (
  people: readonly People[],
  { registered, events }: Course,
): Promise<Ended> => {
  const exchange = await Exchange.open(people);
  const playing = new Playing(exchange);
  for (const subject of subjects) exchange.submit(subject);
  if (registered)
    for (const system of exchange.systems)
      for (const subject of subjects) await deliverNext(exchange, system, subject);
  for (const one of events) await playing.play(one);
  await drain(exchange);
  const { changes, given, noted } = playing;
  return { exchange, subjects, changes, given, noted };
};

import { setTimeout as pause } from 'node:timers/promises';
import { load, type LoadOptions, type Loaded, type Target } from './load.js';
import { quantile, spreadOf, type Spread } from './measures.js';
import { meldingenOf } from './meldingen.js';
import { apiKeyOf } from './system/tenant.js';
import type { System } from './system/system.js';

interface FlowOptions {
  readonly target: Omit<Target, 'room'>;
  readonly system: System;
  /** Messages that were given and are not yet taken everywhere, at most. */
  readonly underWay: number;
  /** Systems that each message is for. */
  readonly systems: number;
}

/** What went from the door to the systems in one round. */
interface Flowed {
  readonly messages: number;
  /** Messages per second, until the last of them was taken. */
  readonly perSecond: number;
  /** Milliseconds from when a message was made until it was taken. */
  readonly p50: number;
  readonly p99: number;
}

/** What went in several rounds, one after the other. */
export interface Rounds {
  readonly messages: number;
  readonly perSecond: Spread;
  /** Medians of the rounds. */
  readonly p50: number;
  readonly p99: number;
}

const rounds = 3;
const lookMs = 2;
const stillMs = 60_000;

/** Messages on their way from one door to the systems, round after round: what is given, and what has come. */
export class Flow {
  readonly #options: FlowOptions;
  /** What the systems had of flows before. */
  readonly #takenBefore: number;
  /** Who waits until there is room. */
  readonly #line: (() => void)[] = [];
  #given = 0;
  #failed = 0;

  constructor(options: FlowOptions) {
    this.#options = options;
    this.#takenBefore = options.system.taken.size;
    options.system.onTaken(() => {
      if (this.#hasRoom) this.#line.shift()?.();
    });
  }

  get #hasRoom(): boolean {
    const { underWay, systems } = this.#options;
    return this.#owed < underWay * systems;
  }

  get #owed(): number {
    const { system, systems } = this.#options;
    const taken = system.taken.size - this.#takenBefore;
    return (this.#given - this.#failed) * systems - taken;
  }

  /** Taken by no system although the door had said that it is safe. */
  get lost(): number {
    return Math.max(0, this.#owed);
  }

  get doubled(): number {
    return [...this.#options.system.taken.values()].filter((times) => times > 1).length;
  }

  get failed(): number {
    return this.#failed;
  }

  /** Gives; does not wait for what is under way at the end. */
  async give(options: LoadOptions): Promise<Loaded> {
    const { target } = this.#options;
    const loaded = await load(
      {
        ...target,
        next: () => {
          this.#given += 1;
          return target.next();
        },
        room: () =>
          this.#hasRoom ? undefined : new Promise((resolve) => this.#line.push(resolve)),
      },
      options,
    );
    this.#failed += loaded.failed;
    return loaded;
  }

  /** Until all has come, or none came for a minute. */
  async settle(): Promise<void> {
    const { taken } = this.#options.system;
    let [seen, seenAt] = [taken.size, performance.now()];
    while (this.#owed > 0 && performance.now() - seenAt < stillMs) {
      await pause(lookMs);
      if (taken.size > seen) [seen, seenAt] = [taken.size, performance.now()];
    }
  }

  /** Three rounds of that long; what has to come still at the end of each is waited for. */
  async rounds(options: LoadOptions): Promise<Rounds> {
    const flowed: Flowed[] = [];
    for (let round = 0; round < rounds; round++) flowed.push(await this.round(options));
    return {
      messages: flowed.reduce((sum, { messages }) => sum + messages, 0),
      perSecond: spreadOf(flowed.map(({ perSecond }) => perSecond)),
      p50: spreadOf(flowed.map(({ p50 }) => p50)).median,
      p99: spreadOf(flowed.map(({ p99 }) => p99)).median,
    };
  }

  async round(options: LoadOptions): Promise<Flowed> {
    const { system, systems } = this.#options;
    const [before, waited] = [system.taken.size, system.waits.length];
    const begunAt = performance.now();
    await this.give(options);
    await this.settle();
    const seconds = (performance.now() - begunAt) / 1_000;
    const messages = (system.taken.size - before) / systems;
    const waits = system.waits.slice(waited);
    return {
      messages,
      perSecond: messages / seconds,
      p50: quantile(waits, 0.5),
      p99: quantile(waits, 0.99),
    };
  }
}

/** What a tenant's application sends where. */
export interface Application {
  readonly tenant: string;
  readonly door: string;
}

/** A door for several applications; `turn` is the one whose melding `next` just gave. */
interface BusTarget extends Omit<Target, 'room' | 'turn'> {
  readonly turn: () => Pick<Target, 'url' | 'headers' | 'next'>;
}

/** Meldingen of these applications in turn, as each knocks at its door. */
export const busTarget = (applications: readonly Application[], bytes?: number): BusTarget => {
  const all = applications.map(({ tenant, door }) => ({
    url: `${door}/v1/messages`,
    headers: {
      authorization: `Bearer ${apiKeyOf(tenant)}`,
      'content-type': 'application/cloudevents+json',
    },
    next: meldingenOf(tenant, bytes),
  }));
  let turn = -1;
  const whose: BusTarget['turn'] = () => {
    const one = all[turn % all.length];
    if (!one) throw new Error('nobody sends');
    return one;
  };
  return {
    url: '',
    headers: {},
    next: () => {
      turn += 1;
      return whose().next();
    },
    turn: whose,
    expected: 202,
  };
};

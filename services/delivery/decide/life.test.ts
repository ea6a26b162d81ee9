import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admissionOf, type EffectFacts } from './admission.js';
import { fewestAttempts, patienceMs } from './backoff.js';
import { verdictOn, type History } from './verdict.js';
import type { Trouble } from './trouble.js';

const hourMs = 3_600_000;
/** What passes beside the wait: the attempt itself, a hold, a queue before it. */
const besides = fc.oneof(fc.nat(60_000), fc.nat(3 * 24 * hourMs));
const asked = fc.option(fc.nat(2 * hourMs), { nil: 0 });

const delayed = (retryAfterMs: number): Trouble => ({
  verdict: 'retry',
  code: 'unavailable',
  detail: '',
  retryAfterMs,
  mayHaveActed: true,
  ours: false,
});

it('gives up a message that is only delayed after a day at least and many attempts, and does give it up', () => {
  fc.assert(
    fc.property(fc.gen(), (any) => {
      let failingForMs = 0;
      for (let attempt = 1; attempt < 100; attempt++) {
        const retryAfterMs = any(() => asked);
        const history: History = { attempt, formerCode: null, failingForMs, remainingMs: null };
        const chance = any(fc.nat, { max: 1_000 }) / 1_000;
        const outcome = verdictOn(delayed(retryAfterMs), history, chance);
        if (outcome.kind === 'parked') {
          expect(outcome.code).toBe('exhausted');
          expect(failingForMs).toBeGreaterThanOrEqual(patienceMs);
          expect(attempt).toBeGreaterThanOrEqual(fewestAttempts);
          return;
        }
        if (outcome.kind !== 'retry') throw new Error(`it was ${outcome.kind}`);
        expect(outcome.waitMs).toBeGreaterThanOrEqual(Math.min(retryAfterMs, hourMs));
        expect(outcome.waitMs).toBeLessThanOrEqual(hourMs);
        failingForMs += outcome.waitMs + any(() => besides);
      }
      throw new Error('it was never given up');
    }),
    { numRuns: 300 },
  );
});

/** A message of which an effect is kept, as a process finds it. */
interface Kept {
  effect: EffectFacts | null;
  end: 'done' | 'poison' | null;
}

const admitted = ({ effect }: Kept, alone: boolean) =>
  admissionOf(
    { knownDigest: 'a', rowed: false, lane: false, restored: false, hold: null, effect },
    { digest: 'a', expired: false, circuitMs: null, alone },
  );

/** One process, from its start to its end: it takes messages, and some of them come to their end. The first kills it. */
class Life {
  /** By number of the message: whether it is the one suspect. */
  readonly inHand = new Map<number, boolean>();
  readonly #messages: readonly Kept[];

  constructor(messages: readonly Kept[]) {
    this.#messages = messages;
  }

  take(number: number): void {
    const message = this.#messages[number];
    if (!message || message.end !== null || this.inHand.has(number)) return;
    const suspect = admitted(message, false).kind === 'suspect';
    if (suspect && [...this.inHand.values()].includes(true)) return;
    const leave = admitted(message, suspect);
    if (leave.kind === 'parked') message.end = 'poison';
    if (leave.kind !== 'go') return;
    message.effect = { state: 'started', busyMs: 1, crashes: leave.crashes };
    this.inHand.set(number, suspect);
  }

  finish(): void {
    const [number] = [...this.inHand.keys()].filter((one) => one !== 0);
    if (number === undefined) return;
    this.inHand.delete(number);
    this.#messages[number]!.end = 'done';
  }

  /** Everything in hand dies with it, or is put down in peace. */
  end(): boolean {
    const dies = this.inHand.has(0);
    for (const number of this.inHand.keys()) {
      const message = this.#messages[number]!;
      const { crashes = 0 } = message.effect ?? {};
      message.effect = { state: 'started', busyMs: dies ? 0 : null, crashes };
    }
    return dies;
  }
}

/** Numbers of the messages that are taken; null where one in hand comes to its end. */
const lives = fc.array(fc.array(fc.option(fc.nat(5)), { maxLength: 20 }), { maxLength: 12 });

it('takes nobody for poison but the message that kills', () => {
  fc.assert(
    fc.property(lives, (course) => {
      const messages: Kept[] = Array.from({ length: 6 }, () => ({ effect: null, end: null }));
      const [guilty, ...innocent] = messages;
      let deaths = 0;
      for (const steps of course) {
        const life = new Life(messages);
        for (const number of steps) {
          if (number === null) life.finish();
          else life.take(number);
        }
        deaths += life.end() ? 1 : 0;
      }
      expect(innocent.map(({ end }) => end)).not.toContain('poison');
      expect(deaths).toBeLessThanOrEqual(3);
      if (guilty?.end === 'poison') expect(deaths).toBe(3);
    }),
    { numRuns: 3_000 },
  );
});

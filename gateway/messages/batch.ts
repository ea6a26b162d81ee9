import type { IncomingMessage } from 'node:http';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Accept } from '#intake/accepted.js';
import type { GatewayMetrics } from '#runtime/metrics.js';
import { batchUntil, type Count, type Wait } from '../access/turn.js';
import { json, type Answer } from '../answer.js';
import { problemOf } from '../problems/problem.js';
import { refusalOf, retryAfterSeconds } from '../problems/refusal-of.js';
import { acceptedBody, senderOf, type Caller } from './caller.js';
import { readBatch, type BodyTimes } from './events.js';

export interface BatchParts {
  readonly accept: Accept;
  readonly metrics: Pick<GatewayMetrics, 'refused'>;
  readonly count: Count;
  readonly wait: Wait;
  readonly times: Pick<BodyTimes, 'batchMs'>;
}

type ItemResult = Readonly<Record<string, unknown>> & { readonly status: number };

const overRate = 429;
/** Items of a batch on their way at the same time, at most: each waits for the broker twice. */
const underWay = 32;
/** Of a larger batch what it says is only looked at in its turn: to refuse it then costs nearly nothing. */
const largeBytes = 128 * 1024;
/** What a batch does at once; then others get on. */
const atOnceMs = 2;

const refusalResult = (error: unknown, { metrics }: BatchParts, caller: Caller): ItemResult => {
  const refusal = refusalOf(error);
  metrics.refused.inc({ tenant: caller.access.tenant.id, code: refusal.code });
  return { status: refusal.status, problem: problemOf(refusal, caller) };
};

/** What an item shares with those it may not overtake: what it is about, and of what it may be a repeat. */
const namesOf = (event: unknown): readonly string[] => {
  if (typeof event !== 'object' || event === null) return [];
  const { subject, id } = event as Readonly<Record<string, unknown>>;
  return Object.entries({ subject, id }).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${name} ${value}`] : [],
  );
};

/** Work that shares a name is done one after the other, in the order in which it came. */
class Lines {
  readonly #last = new Map<string, Promise<unknown>>();

  join<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = names.flatMap((name) => this.#last.get(name) ?? []);
    const done = before.length === 0 ? work() : Promise.allSettled(before).then(work);
    for (const name of names) this.#last.set(name, done);
    return done;
  }
}

/** The items of one batch, as they enter. */
class Entering {
  readonly #parts: BatchParts;
  readonly #caller: Caller;
  readonly #lines = new Lines();
  readonly #untilMs: number;

  constructor(parts: BatchParts, caller: Caller, patienceMs: number) {
    this.#parts = parts;
    this.#caller = caller;
    this.#untilMs = performance.now() + patienceMs;
  }

  /** The request was counted at the door: that is its first message. */
  async count(index: number): Promise<ItemResult | null> {
    if (index === 0) return null;
    try {
      await this.#parts.count(this.#caller.access.tenant, this.#untilMs);
      return null;
    } catch (error) {
      return refusalResult(error, this.#parts, this.#caller);
    }
  }

  async enter(read: () => unknown): Promise<ItemResult> {
    try {
      const event = read();
      const { id } = await this.#lines.join(namesOf(event), () =>
        this.#parts.accept(event, senderOf(this.#caller.access)),
      );
      const { links } = acceptedBody(id);
      return { status: 202, id, links };
    } catch (error) {
      return refusalResult(error, this.#parts, this.#caller);
    }
  }
}

/** Waits for the turn of a large batch and answers how long its messages may wait for theirs. Throws 429. */
const turnOf = async (
  request: IncomingMessage,
  { wait }: BatchParts,
  { access }: Caller,
): Promise<number> => {
  const untilMs = batchUntil();
  const bytes = Number(request.headers['content-length'] ?? Infinity);
  if (bytes > largeBytes) await wait(access.tenant, untilMs);
  return untilMs - performance.now();
};

/**
 * Takes the items in their order, those about one subject one after another, and answers 207. What follows on an item
 * that is over the rate is not tried: it would overtake it.
 */
export const postBatch = async (
  request: IncomingMessage,
  parts: BatchParts,
  caller: Caller,
): Promise<Answer> => {
  const patienceMs = await turnOf(request, parts, caller);
  const items = await readBatch(request, parts.times.batchMs);
  const entering = new Entering(parts, caller, patienceMs);
  const entered: Promise<ItemResult>[] = [];
  let over: ItemResult | null = null;
  let restedAt = performance.now();
  for (const [index, read] of items.entries()) {
    await entered[index - underWay];
    const refused: ItemResult | null = over ?? (await entering.count(index));
    if (refused?.status === overRate) over = refused;
    entered.push(refused ? Promise.resolve(refused) : entering.enter(read));
    if (performance.now() - restedAt < atOnceMs) continue;
    await othersFirst();
    restedAt = performance.now();
  }
  const results = (await Promise.all(entered)).map((result, index) => ({ index, ...result }));
  const later = results.some(({ status }) => status === 503 || status === overRate);
  return json(207, { results }, later ? { 'retry-after': String(retryAfterSeconds) } : {});
};

import type { Channel, ChannelModel } from 'amqplib';
import { within } from './deadline.js';
import { BrokerUnavailable, QueueMismatch } from './failures.js';
import { queueArguments } from './topology.js';

const preconditionFailed = 406;
const notFound = 404;
const answerTimeoutMs = 30_000;

const codeOf = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined;

interface Asking {
  readonly channel: Channel;
  open: boolean;
}

const openAsking = async (model: ChannelModel): Promise<Asking> => {
  const channel = await within(model.createChannel(), answerTimeoutMs, 'opening a channel');
  const asking = { channel, open: true };
  channel.on('error', () => undefined);
  channel.on('close', () => (asking.open = false));
  return asking;
};

/** Asks one thing per queue on a channel of its own, which is made anew after each refusal; other channels never notice. */
const askEach = async <T>(
  model: ChannelModel,
  queues: readonly string[],
  ask: (channel: Channel, queue: string) => Promise<T>,
): Promise<T[]> => {
  const answers: T[] = [];
  let asking: Asking | undefined;
  try {
    for (const queue of queues) {
      if (!asking?.open) asking = await openAsking(model);
      const answer = ask(asking.channel, queue);
      answers.push(await within(answer, answerTimeoutMs, `asking for ${queue}`));
    }
  } catch (cause) {
    throw new BrokerUnavailable('it did not answer about its queues', { cause });
  } finally {
    if (asking?.open) asking.channel.close().catch(() => undefined);
  }
  return answers;
};

/** Declares one queue; answers what is wrong instead of throwing it, so that the rest goes on. */
const declare = async (
  channel: Channel,
  queue: string,
  maxLength: number,
): Promise<QueueMismatch | null> => {
  try {
    await channel.assertQueue(queue, {
      durable: true,
      arguments: queueArguments(queue, maxLength),
    });
    return null;
  } catch (cause) {
    if (codeOf(cause) !== preconditionFailed || !(cause instanceof Error)) throw cause;
    return new QueueMismatch(queue, cause.message);
  }
};

interface Wish {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

const newWish = (): Wish => {
  let resolve: () => void = () => undefined;
  let reject: (cause: unknown) => void = () => undefined;
  const promise = new Promise<void>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
};

/** Declares queues; what is asked for at the same time shares one channel. */
export class Declarations {
  readonly #model: () => ChannelModel | undefined;
  readonly #maxLength: number;
  readonly #waiting = new Map<string, Wish>();
  #busy = false;

  constructor(model: () => ChannelModel | undefined, maxLength: number) {
    this.#model = model;
    this.#maxLength = maxLength;
  }

  /** Declares the queue if it is not there. Throws `QueueMismatch`, `BrokerUnavailable`. */
  declare(queue: string): Promise<void> {
    const wish = this.#waiting.get(queue) ?? newWish();
    this.#waiting.set(queue, wish);
    if (!this.#busy) void this.#work();
    return wish.promise;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting];
      this.#waiting.clear();
      await this.#declareBatch(batch);
    }
    this.#busy = false;
  }

  async #declareBatch(batch: readonly (readonly [string, Wish])[]): Promise<void> {
    try {
      const model = this.#model();
      if (!model) throw new BrokerUnavailable('there is no connection');
      const names = batch.map(([queue]) => queue);
      const answers = await askEach(model, names, (channel, queue) =>
        declare(channel, queue, this.#maxLength),
      );
      batch.forEach(([, wish], index) => {
        const mismatch = answers[index];
        if (mismatch) wish.reject(mismatch);
        else wish.resolve();
      });
    } catch (cause) {
      for (const [, wish] of batch) wish.reject(cause);
    }
  }
}

/** Messages ready in each queue (what a consumer holds is not among them); null where there is no such queue. */
export const countMessages = async (
  model: ChannelModel,
  queues: readonly string[],
): Promise<ReadonlyMap<string, number | null>> => {
  const counts = await askEach(model, queues, async (channel, queue) => {
    try {
      return (await channel.checkQueue(queue)).messageCount;
    } catch (cause) {
      if (codeOf(cause) !== notFound) throw cause;
      return null;
    }
  });
  return new Map(queues.map((queue, index) => [queue, counts[index] ?? null]));
};

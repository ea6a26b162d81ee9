import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumeMessage } from 'amqplib';
import type { Logger } from 'pino';
import { deliveriesOf, type Delivery, type Generation } from './delivery.js';
import type { Lane, Lanes } from './lanes.js';
import { reconnectWaitMs } from './link.js';

const releaseWaitMs = 1_000;
/** While it drains nobody else has the queue; what still runs then comes again elsewhere and is recognised by its effect. */
const asideMs = 15_000;

/** Called for each delivery, up to `prefetch` of one queue at the same time. Throwing gives it back after a pause. */
export type Handler = (delivery: Delivery) => Promise<void> | void;

export interface ConsumeOptions {
  /** Unsettled deliveries of this queue at this process, at most. */
  readonly prefetch: number;
  /**
   * Asked before each delivery is handed out. Where it answers false this process steps aside: what runs is finished, its
   * channel is closed, and it lines up behind the others that wait for the queue. It may be given the queue again, and
   * is asked again.
   */
  readonly mayTake?: () => boolean;
  /**
   * Nothing overtakes a delivery whose handler threw: no more is handed out, what runs is finished, and the channel is
   * closed, so that all that was not handled comes again in order. By default that delivery alone is given back.
   */
  readonly inOrder?: boolean;
}

/** What a consumption needs of the connection it lives on. */
export interface Host {
  readonly lanes: () => Lanes | undefined;
  readonly declare: (queue: string) => Promise<void>;
  readonly log: Logger;
}

interface Seat {
  readonly lane: Lane;
  readonly gone: () => void;
}

/**
 * One queue being consumed, through every loss of the connection, the channel or the queue itself: it is declared and
 * consumed again. What is unsettled when a channel is lost comes again, perhaps to somebody else.
 */
export class Consumption {
  readonly queue: string;
  readonly #host: Host;
  readonly #options: ConsumeOptions;
  readonly #handler: Handler;
  readonly #running = new Set<Delivery>();
  readonly #idle: (() => void)[] = [];
  #seat: Seat | undefined;
  #wanted = true;
  #aside = false;
  #seated = false;
  #failures = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(host: Host, queue: string, options: ConsumeOptions, handler: Handler) {
    this.#host = host;
    this.queue = queue;
    this.#options = options;
    this.#handler = handler;
    this.begin();
  }

  /** Deliveries being handled. */
  get running(): number {
    return this.#running.size;
  }

  /** In line for the queue at the broker. */
  get seated(): boolean {
    return this.#seated;
  }

  /** Consumes, where it does not already; called again on each new connection. */
  begin(): void {
    void this.#inTurn(() => this.#sit());
  }

  /** Hands out no more; what comes meanwhile stays unsettled. Resolves when nothing runs, or after `waitMs`. */
  async quiet(waitMs: number): Promise<void> {
    this.#wanted = false;
    await this.#drained(waitMs);
  }

  async #drained(waitMs: number): Promise<void> {
    if (this.#running.size === 0) return;
    const given = new AbortController();
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
    const late = pause(waitMs, undefined, { signal: given.signal }).catch(() => undefined);
    await Promise.race([idle, late]);
    given.abort();
  }

  /** Quiet, then its channel is closed: what was not handled is back in order before anybody else gets the next. */
  async pause(waitMs: number): Promise<void> {
    await this.quiet(waitMs);
    await this.#inTurn(() => this.#stand());
  }

  resume(): void {
    this.#wanted = true;
    this.begin();
  }

  /** As `pause`, but where others share its channel that stays open: they are not to lose what they have in hand. */
  async leave(waitMs: number): Promise<void> {
    await this.quiet(waitMs);
    if (this.#alone) await this.#inTurn(() => this.#stand());
  }

  /** Asks again whether it may go on with what it has in hand; a queue without any is asked about at its next delivery. */
  reconsider(): void {
    if (this.#running.size > 0) this.#mayGoOn();
  }

  get #handsOut(): boolean {
    return this.#wanted && !this.#aside;
  }

  /** True where closing the channel disturbs nobody else. */
  get #alone(): boolean {
    return this.#seat?.lane.taken === 1;
  }

  #mayGoOn(): void {
    if (!this.#handsOut || !this.#alone || this.#options.mayTake?.() !== false) return;
    void this.#stepAside();
  }

  async #stepAside(): Promise<void> {
    this.#aside = true;
    await this.#drained(asideMs);
    await this.#inTurn(() => this.#stand());
    this.#aside = false;
    this.begin();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }

  async #sit(): Promise<void> {
    const lanes = this.#host.lanes();
    if (!lanes || !this.#handsOut || this.#seat) return;
    const gone = (): void => this.#lost(seat);
    const seat: Seat = { lane: lanes.enter(gone), gone };
    this.#seat = seat;
    try {
      await this.#declare();
      const generation = await seat.lane.generation;
      await Promise.all([
        generation.channel.prefetch(this.#options.prefetch),
        generation.channel.consume(this.queue, (message) => this.#take(seat, generation, message)),
      ]);
      this.#failures = 0;
      this.#seated = this.#seat === seat;
    } catch (cause) {
      this.#host.log.warn({ queue: this.queue, cause: String(cause) }, 'queue not consumed yet');
      lanes.leave(seat.lane, gone);
      this.#lost(seat);
    }
  }

  /** A queue with other arguments can still be consumed: the log says what to do about it. */
  async #declare(): Promise<void> {
    try {
      await this.#host.declare(this.queue);
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name !== 'QueueMismatch') throw cause;
      this.#host.log.error({ queue: this.queue }, cause.message);
    }
  }

  /**
   * Not by a cancel: then another process is active at once, and gets what follows before what is in hand here has come
   * back. A channel that is shared, as there are more queues than channels, takes its neighbours along; they begin anew.
   */
  async #stand(): Promise<void> {
    const seat = this.#seat;
    this.#seat = undefined;
    this.#seated = false;
    // Where its channel closed meanwhile there is nothing left to close.
    if (seat)
      await this.#host
        .lanes()
        ?.close(seat.lane)
        .catch(() => undefined);
    if (this.#handsOut) await this.#sit();
  }

  /** The channel is gone, with every delivery on it. */
  #lost(seat: Seat): void {
    if (this.#seat !== seat) return;
    this.#seat = undefined;
    this.#seated = false;
    if (!this.#handsOut || !this.#host.lanes()) return;
    this.#failures += 1;
    setTimeout(() => this.begin(), reconnectWaitMs(Math.min(this.#failures, 6))).unref();
  }

  #take(seat: Seat, generation: Generation, message: ConsumeMessage | null): void {
    if (message === null) {
      this.#cancelled(seat);
      return;
    }
    const deliveries = deliveriesOf(message, this.queue, generation, {
      settled: (delivery) => this.#settled(delivery),
      closing: () => !this.#handsOut,
    });
    this.#mayGoOn();
    for (const delivery of deliveries)
      if (this.#handsOut) void this.#run(delivery);
      else delivery.release();
  }

  /**
   * The broker took the consumer away: the queue was deleted, or an answer took too long. In the second case
   * RabbitMQ 4.3 gives nothing more to anybody until the channel is closed.
   */
  #cancelled(seat: Seat): void {
    const lanes = this.#host.lanes();
    this.#host.log.warn({ queue: this.queue }, 'the broker ended the consumer');
    if (this.#running.size > 0) {
      lanes?.close(seat.lane).catch(() => undefined);
      return;
    }
    lanes?.leave(seat.lane, seat.gone);
    this.#lost(seat);
  }

  async #run(delivery: Delivery): Promise<void> {
    this.#running.add(delivery);
    try {
      await this.#handler(delivery);
    } catch (cause) {
      if (!delivery.gone && this.#handsOut) await this.#failed(delivery, cause);
      delivery.release();
    }
  }

  async #failed({ properties: { messageId } }: Delivery, cause: unknown): Promise<void> {
    const facts = { queue: this.queue, messageId, err: cause };
    this.#host.log.error(facts, 'handler failed; the delivery is given back');
    if (this.#options.inOrder) void this.#stepAside();
    await pause(releaseWaitMs);
  }

  #settled(delivery: Delivery): void {
    this.#running.delete(delivery);
    if (this.#running.size > 0) return;
    for (const tell of this.#idle.splice(0)) tell();
  }
}

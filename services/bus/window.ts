import { BrokerUnavailable } from './failures.js';

export type Headers = Readonly<Record<string, string | number | boolean>>;

/** AMQP properties that travel with a message; all optional. */
export interface Properties {
  readonly messageId?: string;
  readonly type?: string;
  readonly contentType?: string;
  readonly correlationId?: string;
}

export interface Publication {
  readonly body: Buffer;
  readonly headers: Headers;
  readonly properties?: Properties;
  /** It may travel as one message with others to its queue: their order does not matter, and they come again together. */
  readonly mayShare?: true;
}

/**
 * How much may be on its way unconfirmed, how much may stand in line for that, how long a confirm may take, and how long
 * after the broker said that it is blocked.
 */
export interface PublishLimits {
  readonly inFlight: number;
  readonly inFlightBytes: number;
  readonly waiting: number;
  readonly waitingBytes: number;
  readonly confirmTimeoutMs: number;
  readonly blockedGraceMs: number;
}

export const publishLimits: PublishLimits = {
  inFlight: 500,
  inFlightBytes: 32 * 1024 * 1024,
  waiting: 5_000,
  waitingBytes: 64 * 1024 * 1024,
  confirmTimeoutMs: 30_000,
  blockedGraceMs: 3_000,
};

/** A publish whose end is not known yet. */
export interface Pending {
  readonly queue: string;
  readonly publication: Publication;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
  sentAt: number;
  returned: boolean;
}

/** What is on its way to the broker, and the line in front of it; both bounded in number and in bytes. */
export class Window {
  readonly #limits: PublishLimits;
  readonly #inFlight = new Map<number, Pending>();
  readonly #line: Pending[] = [];
  #inFlightBytes = 0;
  #lineBytes = 0;
  #count = 0;

  constructor(limits: PublishLimits) {
    this.#limits = limits;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Milliseconds since the oldest that is on its way was sent; 0 where nothing is. */
  get oldestMs(): number {
    const [oldest] = this.#inFlight.values();
    return oldest ? performance.now() - oldest.sentAt : 0;
  }

  /** True where it may be sent now; else it stands in line. Throws `BrokerUnavailable` where the line is full. */
  enter(pending: Pending): boolean {
    const { length } = pending.publication.body;
    if (this.#line.length === 0 && this.#hasRoom(length)) return true;
    const full =
      this.#line.length >= this.#limits.waiting ||
      this.#lineBytes + length > this.#limits.waitingBytes;
    if (full) throw new BrokerUnavailable('too much is on its way to it');
    this.#line.push(pending);
    this.#lineBytes += length;
    return false;
  }

  /** The first in line, where there is room for it. */
  next(): Pending | undefined {
    const [first] = this.#line;
    if (!first || !this.#hasRoom(first.publication.body.length)) return undefined;
    this.#line.shift();
    this.#lineBytes -= first.publication.body.length;
    return first;
  }

  /** Notes that it is sent; answers its number on the way. */
  sent(pending: Pending): number {
    pending.sentAt = performance.now();
    this.#inFlight.set((this.#count += 1), pending);
    this.#inFlightBytes += pending.publication.body.length;
    return this.#count;
  }

  returned(number: unknown): void {
    const pending = typeof number === 'number' ? this.#inFlight.get(number) : undefined;
    if (pending) pending.returned = true;
  }

  /** Its end has come; undefined where that was known before. */
  take(number: number): Pending | undefined {
    const pending = this.#inFlight.get(number);
    if (!pending) return undefined;
    this.#inFlight.delete(number);
    this.#inFlightBytes -= pending.publication.body.length;
    return pending;
  }

  numbers(): readonly number[] {
    return [...this.#inFlight.keys()];
  }

  /** Nobody in line has been sent: they may all be told so. */
  emptyLine(reason: string): void {
    this.#lineBytes = 0;
    for (const pending of this.#line.splice(0)) pending.reject(new BrokerUnavailable(reason));
  }

  #hasRoom(bytes: number): boolean {
    return (
      this.#inFlight.size < this.#limits.inFlight &&
      (this.#inFlight.size === 0 || this.#inFlightBytes + bytes <= this.#limits.inFlightBytes)
    );
  }
}

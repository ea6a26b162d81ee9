import { connect, type ChannelModel } from 'amqplib';
import type { Logger } from 'pino';
import { brokerNodes } from './addresses.js';
import { within } from './deadline.js';
import { gatherWrites } from './gather-writes.js';
import { oldestBroker } from './topology.js';

const connectTimeoutMs = 10_000;
/** Where there are other nodes to try: one that swallows what it is sent is not waited for as long as the only one. */
const connectTimeoutOfSeveralMs = 4_000;
const closeTimeoutMs = 5_000;
const heartbeatSeconds = 10;
const firstWaitMs = 200;
const longestWaitMs = 15_000;
/** A connection that lasted this long was a good one: the next loss is counted from the start. */
const steadyMs = 10_000;

export type BusState = 'up' | 'blocked' | 'down';

/** What a link tells its owner; `up` comes with a fresh connection after every loss. */
export interface LinkListener {
  readonly up: (model: ChannelModel) => void;
  readonly down: (cause: Error) => void;
  readonly blocked: (reason: string) => void;
}

/** How to reach the broker: `url` as `brokerNodes` reads it, `name` as its management shows it. */
export interface LinkOptions {
  readonly url: string;
  readonly name: string;
  readonly log: Logger;
}

/** Wait before reconnect attempt `attempt` (from 1): doubling, half of it by chance, so that processes do not return in step. */
export const reconnectWaitMs = (attempt: number, chance: number = Math.random()): number => {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * chance);
};

const withHeartbeat = (url: string): string => {
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat'))
    address.searchParams.set('heartbeat', String(heartbeatSeconds));
  return address.href;
};

const errorOf = (cause: unknown, otherwise: string): Error =>
  cause instanceof Error ? cause : new Error(otherwise);

/** Throws where the broker is older than the bus can rely on. */
export const checkVersion = (version: string): void => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestBroker;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    throw new Error(`RabbitMQ ${version} is too old: ${oldestBroker.join('.')} or later is needed`);
};

/**
 * One supervised connection. A supervisor of our own, because the recovery of amqplib keeps callers waiting in a list
 * without bound while the broker is away, and says nothing of channels that the broker closes.
 */
export class Link {
  #state: BusState = 'down';
  #model: ChannelModel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #told = false;
  #upSince = 0;
  #closed = false;
  readonly #options: LinkOptions;
  readonly #listener: LinkListener;
  readonly #nodes: readonly string[];
  /** The node to try: by chance at first, so that processes spread; the next one whenever this one is lost. */
  #node: number;

  constructor(options: LinkOptions, listener: LinkListener) {
    this.#options = options;
    this.#listener = listener;
    this.#nodes = brokerNodes(options.url);
    this.#node = Math.floor(Math.random() * this.#nodes.length);
    void this.#dial();
  }

  get state(): BusState {
    return this.#state;
  }

  /** The connection as it is now; undefined while there is none. */
  get model(): ChannelModel | undefined {
    return this.#model;
  }

  /** Gives up a connection that no longer answers and makes another. */
  drop(model: ChannelModel, cause: Error): void {
    this.#lost(model, cause);
    model.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const model = this.#model;
    if (!model) return;
    this.#lost(model, new Error('closed by this process'));
    // Where the socket breaks meanwhile, amqplib tells so by the event only.
    const gone = new Promise<void>((resolve) => model.once('close', () => resolve()));
    const closed = Promise.race([gone, model.close()]);
    await within(closed, closeTimeoutMs, 'closing').catch(() => undefined);
  }

  async #dial(): Promise<void> {
    const node = this.#nodes[this.#node % this.#nodes.length] ?? '';
    try {
      const model = await connect(withHeartbeat(node), {
        noDelay: true,
        keepAlive: true,
        timeout: this.#nodes.length > 1 ? connectTimeoutOfSeveralMs : connectTimeoutMs,
        clientProperties: { connection_name: this.#options.name },
      });
      this.#attach(model, new URL(node).host);
    } catch (cause) {
      this.#again(errorOf(cause, 'no connection'));
    }
  }

  #attach(model: ChannelModel, node: string): void {
    // Its 'close' follows and tells the same.
    model.on('error', () => undefined);
    model.on('close', (cause?: Error) => this.#lost(model, errorOf(cause, 'connection closed')));
    if (this.#closed) {
      model.close().catch(() => undefined);
      return;
    }
    if ('stream' in model.connection) gatherWrites(model.connection.stream);
    const { version } = model.connection.serverProperties;
    try {
      checkVersion(version);
    } catch (cause) {
      model.close().catch(() => undefined);
      throw cause;
    }
    model.on('blocked', (reason: string) => this.#block(model, reason));
    model.on('unblocked', () => this.#unblock(model));
    this.#model = model;
    this.#state = 'up';
    this.#told = false;
    this.#upSince = performance.now();
    const { log, name } = this.#options;
    log.info({ connection: name, node, version }, 'connected to the broker');
    this.#listener.up(model);
  }

  #lost(model: ChannelModel, cause: Error): void {
    if (this.#model !== model) return;
    this.#model = undefined;
    this.#state = 'down';
    if (performance.now() - this.#upSince > steadyMs) this.#attempt = 0;
    this.#listener.down(cause);
    if (!this.#closed) this.#again(cause);
  }

  #again(cause: Error): void {
    if (this.#closed) return;
    this.#attempt += 1;
    this.#node += 1;
    // All nodes are tried before the wait grows.
    const waitMs = reconnectWaitMs(Math.ceil(this.#attempt / this.#nodes.length));
    const { log, name } = this.#options;
    // Once while it lasts: `attach` tells when it is over.
    log[this.#told ? 'debug' : 'warn'](
      { connection: name, attempt: this.#attempt, waitMs, cause: cause.message },
      'no connection to the broker',
    );
    this.#told = true;
    this.#timer = setTimeout(() => void this.#dial(), waitMs);
  }

  #block(model: ChannelModel, reason: string): void {
    if (this.#model !== model) return;
    this.#state = 'blocked';
    this.#options.log.warn(
      { connection: this.#options.name, reason },
      'the broker takes no messages',
    );
    this.#listener.blocked(reason);
  }

  #unblock(model: ChannelModel): void {
    if (this.#model !== model) return;
    this.#state = 'up';
    this.#options.log.info({ connection: this.#options.name }, 'the broker takes messages again');
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { setAside } from '#bus/aside.js';
import { readRecord, type CollectedRecord, type KeysOf } from '#bus/audit.js';
import type { Bus } from '#bus/connection.js';
import type { Delivery } from '#bus/delivery.js';
import { Undecodable } from '#bus/failures.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Database } from '#runtime/database.js';
import { SealBroken } from '#runtime/keys.js';
import type { Log } from '#runtime/log.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import { batchOf } from './contents.js';
import { storeBatch } from './store.js';

/** More are never unacknowledged at one collector: twice a batch, so that the next fills while one is written. */
export const collectorPrefetch = 500;
const batchSize = 250;
const batchBytes = 8 * 1024 * 1024;
const batchMs = 50;
/** After a batch that was slow PostgreSQL is left so many times as long for others, where less than a batch waits. */
const restShare = 4;
const longestRestMs = 500;
/** A new tenant or key reaches this process within two seconds. */
const keyPatienceMs = 20_000;
const keyPauseMs = 1_000;
const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** SQLSTATE classes that say that the data cannot be stored, whenever it is tried: 21, 22, 23, 54. */
const ofTheData = /^(?:2[123]|54)/;

const codeOf = (error: unknown): string | null => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : null;
};

/** True where the records are at fault, not PostgreSQL or the way to it. */
const isOfTheData = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof RangeError || ofTheData.test(codeOf(error) ?? '');

/** NaN where the record says a moment that there is not. */
const madeMsOf = (record: CollectedRecord): number =>
  Date.parse(record.record === 'step' ? record.at : record.envelope.acceptedAt);

interface Held {
  readonly delivery: Delivery;
  readonly since: number;
}
/** How many of them make the next batch: at most so many, and where they are large no more than so many bytes. */
const sizeOf = (gathered: readonly Held[]): number => {
  let bytes = 0;
  const over = gathered.findIndex(({ delivery }, index) => {
    bytes += delivery.body.length;
    return index === batchSize || (index > 0 && bytes > batchBytes);
  });
  return over === -1 ? gathered.length : over;
};

interface Readable {
  readonly delivery: Delivery;
  readonly record: CollectedRecord;
}

export interface CollectorOptions {
  readonly database: Database;
  readonly bus: Pick<Bus, 'publish' | 'declareQueue'>;
  readonly keysOf: KeysOf;
  readonly metrics: Pick<MonitoringMetrics, 'recordsStored' | 'auditLag'>;
  readonly log: Log;
}

/**
 * Gathers audit records into batches, writes each in one transaction and acknowledges after the commit. While
 * PostgreSQL is away it holds what it has and takes no more. What cannot be stored is set aside on its own.
 */
export class Collector {
  readonly #options: CollectorOptions;
  #gathered: Held[] = [];
  /** When each record in hand was made; until it was read, when it came. */
  readonly #madeMs = new Map<Delivery, number>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #stopped = false;

  constructor(options: CollectorOptions) {
    this.#options = options;
    options.metrics.auditLag.from(() => [[{}, this.#lagSeconds()]]);
  }

  /** Takes a delivery; it is acknowledged after it was stored. */
  collect(delivery: Delivery): void {
    this.#madeMs.set(delivery, Date.now());
    this.#gather({ delivery, since: performance.now() });
  }

  /** Gives up what is not stored: unacknowledged, it comes again to another. Called after the bus has been quiet. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
  }

  #gather(held: Held): void {
    if (this.#stopped) return;
    this.#gathered.push(held);
    if (this.#gathered.length >= batchSize) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), batchMs);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  async #writeAll(): Promise<void> {
    while (this.#gathered.length > 0 && !this.#stopped) {
      const batch = this.#gathered.splice(0, sizeOf(this.#gathered));
      const readable = await Promise.all(batch.map((held) => this.#read(held)));
      const begun = performance.now();
      await this.#store(readable.filter((one) => one !== null));
      await this.#fill(performance.now() - begun);
    }
  }

  /** A batch costs much the same whatever its size: few large ones leave more for everybody else. */
  async #fill(tookMs: number): Promise<void> {
    if (this.#gathered.length >= batchSize) return;
    await pause(Math.max(batchMs, Math.min(longestRestMs, restShare * tookMs)));
  }

  async #read(held: Held): Promise<Readable | null> {
    const { delivery } = held;
    try {
      const record = readRecord(delivery, this.#options.keysOf);
      this.#madeMs.set(delivery, madeMsOf(record));
      return { delivery, record };
    } catch (error) {
      if (error instanceof SealBroken && performance.now() - held.since < keyPatienceMs)
        setTimeout(() => this.#gather(held), keyPauseMs);
      else if (error instanceof SealBroken || error instanceof Undecodable)
        await this.#aside(delivery, error.message);
      else throw error;
      return null;
    }
  }

  /** Halves a batch until what PostgreSQL does not take stands alone. */
  async #store(batch: readonly Readable[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      const written = await this.#write(batch);
      if (!written) return;
      this.#options.metrics.recordsStored.inc(batch.length);
      for (const { delivery } of batch) this.#settle(delivery, delivery.ack);
    } catch (error) {
      const [first, ...rest] = batch;
      if (first && rest.length === 0) {
        await this.#aside(first.delivery, `it cannot be stored: ${codeOf(error) ?? 'unreadable'}`);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#store(batch.slice(0, half));
      await this.#store(batch.slice(half));
    }
  }

  /** Writes as soon as PostgreSQL can, false where it was stopped before; throws only where the records are at fault. */
  async #write(batch: readonly Readable[]): Promise<boolean> {
    const { database, keysOf, log } = this.#options;
    const records = batchOf(batch.map(({ record }) => record));
    for (let waitMs = firstPauseMs; !this.#stopped; waitMs = Math.min(longestPauseMs, waitMs * 2)) {
      try {
        await storeBatch(database, records, keysOf);
        return true;
      } catch (error) {
        if (isOfTheData(error)) throw error;
        const level = error instanceof DatabaseUnavailable ? 'debug' : 'warn';
        log[level](
          { records: batch.length, cause: codeOf(error) ?? String(error), waitMs },
          'records are not stored yet: PostgreSQL does not take them',
        );
        await pause(waitMs);
      }
    }
    return false;
  }

  #settle(delivery: Delivery, settle: () => boolean): void {
    this.#madeMs.delete(delivery);
    settle();
  }

  #lagSeconds(): number {
    const made = [...this.#madeMs.values()].filter((ms) => !Number.isNaN(ms));
    return made.length === 0 ? 0 : Math.max(0, Date.now() - Math.min(...made)) / 1_000;
  }

  async #aside(delivery: Delivery, reason: string): Promise<void> {
    const { bus, log } = this.#options;
    const { messageId } = delivery.properties;
    log.error({ messageId, reason }, 'an audit record was set aside');
    try {
      await setAside(bus, delivery, reason);
      this.#madeMs.delete(delivery);
    } catch (error) {
      log.warn({ messageId, cause: String(error) }, 'not set aside yet: it comes again');
      await pause(keyPauseMs);
      this.#settle(delivery, delivery.release);
    }
  }
}

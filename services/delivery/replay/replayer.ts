import { randomUUID } from 'node:crypto';
import { waitingNote } from '#parked/notes.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Line } from '../line.js';
import { startLoop, type Loop } from '../loop.js';
import { Stopping } from '../patience.js';
import { busyMs } from '../timing.js';
import { instanceOf, type Tools } from '../tools.js';
import { Pace } from './pace.js';
import { endOrder, leaseOrders, noteOrder, stillRuns, type Order } from './store/orders.js';
import { readProgress, seeOutcomes, type Progress } from './store/outcomes.js';
import { releaseItems } from './store/release.js';
import { linesLeft, lockLanes, nextOf, skipLine } from './store/take.js';
import { tellOrder } from './tell.js';
import { stopReason } from './verdict.js';

/** Of one line at most so many are on their way: what the rate brings in two seconds, and a few where that is less. */
const perLineOf = (rate: number): number => Math.max(5, 2 * rate);

/**
 * Carries out the orders of operators about parked messages. Each order is in the hands of one process at a time; all
 * that it knows of one but the pace stands in PostgreSQL, so that another goes on where it died.
 */
export class Replayer {
  readonly #tools: Tools;
  readonly #released: () => void;
  readonly #me = randomUUID();
  readonly #paces = new Map<string, Pace>();

  /** `released` is called when messages have become due. */
  constructor(tools: Tools, released: () => void) {
    this.#tools = tools;
    this.#released = released;
  }

  /** Advances every order that is or comes into the hands of this process. Throws where PostgreSQL is away. */
  async round(): Promise<void> {
    const { database, timing, log } = this.#tools;
    const orders = await database.scoped('*', (trx) => leaseOrders(trx, this.#me, busyMs(timing)));
    const running = new Set(orders.filter(({ state }) => state === 'running').map(({ id }) => id));
    for (const id of this.#paces.keys()) if (!running.has(id)) this.#paces.delete(id);
    for (const order of orders)
      await this.#advance(order).catch((error: unknown) => {
        if (error instanceof DatabaseUnavailable || error instanceof Stopping) throw error;
        log.error({ order: order.id, err: error }, 'an order did not get on; it is tried again');
      });
  }

  async #advance(order: Order): Promise<void> {
    const { database, log } = this.#tools;
    await tellOrder(this.#tools, order);
    const progress = await database.scoped('*', async (trx) => {
      await seeOutcomes(trx, order);
      return readProgress(trx, order);
    });
    if (order.state !== 'running') return;
    const reason = stopReason(progress, order.stop_percent);
    if (reason !== null) {
      log.warn({ order: order.id, reason }, 'an order stopped itself');
      return database.scoped('*', (trx) => endOrder(trx, order, 'stopped', reason));
    }
    if (!progress.left && progress.released === 0)
      return database.scoped('*', (trx) => endOrder(trx, order, 'done', null));
    if (progress.left) await this.#release(order, progress);
  }

  async #release(order: Order, progress: Progress): Promise<void> {
    const { database } = this.#tools;
    const limit = this.#paceOf(order).take(performance.now());
    if (limit === 0) return;
    const lines = await this.#openLines(order);
    const perLine = perLineOf(order.rate);
    const released = await database.scoped('*', async (trx) => {
      if (!(await stillRuns(trx, order, this.#me))) return 0;
      const taken = await nextOf(trx, order, { lines, perLine, limit });
      const idle = taken.length === 0 && progress.released === 0;
      await noteOrder(trx, order, idle ? waitingNote : null);
      await lockLanes(trx, taken);
      return releaseItems(trx, order, taken, busyMs(this.#tools.timing));
    });
    if (released === 0) return;
    await tellOrder(this.#tools, order);
    this.#released();
  }

  #paceOf({ id, act, rate }: Order): Pace {
    const known = this.#paces.get(id);
    if (known) return known;
    // Only what goes to a system is brought on slowly.
    const stepMs = act === 'replay' ? this.#tools.timing.rampMs : 0;
    const made = new Pace(rate, stepMs, performance.now());
    this.#paces.set(id, made);
    return made;
  }

  /** Where messages may be released now. What no line is left for is skipped; a discard needs no line. */
  async #openLines(order: Order): Promise<readonly Line[]> {
    const { database, directory } = this.#tools;
    const left = await database.scoped('*', (trx) => linesLeft(trx, order));
    const known = left.filter(({ tenant, target }) => {
      const of = directory().tenants.get(tenant);
      return order.act === 'discard' ? of !== undefined : of?.connectors.has(target) === true;
    });
    const gone = left.filter((line) => !known.includes(line));
    await database.scoped('*', async (trx) => {
      for (const line of gone) await skipLine(trx, order, line);
    });
    if (order.act !== 'replay') return known;
    return known.filter((line) => !line.held && instanceOf(this.#tools, line) !== null);
  }
}

/** Carries out orders from now on; `released` is called when messages have become due. */
export const startReplayer = (tools: Tools, released: () => void): Loop => {
  const replayer = new Replayer(tools, released);
  return startLoop('replay', tools.timing.lookMs, () => replayer.round(), tools.log);
};

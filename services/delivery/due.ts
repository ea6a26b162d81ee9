import { randomUUID } from 'node:crypto';
import { deliver } from './deliver.js';
import type { Hand } from './hand.js';
import type { Line } from './line.js';
import { lineKey } from './line.js';
import { Stopping } from './patience.js';
import { leaseHeads, linesWithDue, type LeasedRow } from './store/rows.js';
import { busyMs } from './timing.js';
import type { Tools } from './tools.js';

/**
 * A row of a line that another replica serves is left to that one so much longer. Longer than a circuit there may be open:
 * what it lets wait is not forgotten.
 */
const strangerMs = 600_000;

/** A row as a message in hand. */
export const handOfRow = (row: LeasedRow, lease: string): Hand => ({
  line: { tenant: row.tenant, target: row.target },
  shipment: { envelope: row.envelope, target: row.target, body: row.body },
  origin: { kind: 'row', id: row.id, lease },
});

/**
 * Brings the rows that are due on their way: heads of lanes only, each as soon as the one before it has settled, as many
 * as the gate of the line has room for; while its circuit is open one at a time, to find out.
 */
export class Due {
  readonly #tools: Tools;
  /** Lines that may be worked on: coupled and not held. */
  readonly #lines: () => readonly Line[];
  /** Lines that this replica serves. */
  readonly #mine: (line: Line) => boolean;
  readonly #running = new Set<Promise<void>>();
  readonly #again = new Set<string>();
  readonly #busy = new Set<string>();
  #stopped = false;

  constructor(tools: Tools, lines: () => readonly Line[], mine: (line: Line) => boolean) {
    this.#tools = tools;
    this.#lines = lines;
    this.#mine = mine;
  }

  /** Looks once at all lines. Throws where PostgreSQL is away. */
  async look(): Promise<void> {
    if (this.#stopped) return;
    const { database, gate } = this.#tools;
    const lines = this.#lines();
    const probes = lines.filter((line) => this.#mine(line) && gate.mayProbe(line));
    const open = lines
      .filter((line) => gate.room(line) > 0)
      .map((line) => ({ line, overdueMs: this.#mine(line) ? 0 : strangerMs }));
    const due = await database.scoped('*', (trx) => linesWithDue(trx, open));
    await Promise.all([...probes, ...due].map((line) => this.#work(line)));
  }

  /** Takes no more rows and waits for those in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#running);
  }

  /** One look at one line at a time; asked meanwhile, it looks once more. */
  async #work(line: Line): Promise<void> {
    const key = lineKey(line);
    if (this.#busy.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#busy.add(key);
    try {
      do {
        this.#again.delete(key);
        await this.#take(line);
      } while (this.#again.has(key));
    } finally {
      this.#busy.delete(key);
    }
  }

  async #take(line: Line): Promise<void> {
    const { gate } = this.#tools;
    const limit = gate.room(line);
    if (this.#stopped) return;
    if (gate.mayProbe(line)) return this.#probe(line);
    if (limit === 0) return;
    for (const hand of await this.#lease(line, limit, false)) void this.#start(hand);
  }

  async #probe(line: Line): Promise<void> {
    const { gate } = this.#tools;
    const ended = gate.beginProbe(line);
    try {
      const [hand] = await this.#lease(line, 1, true);
      if (hand) return void this.#start(hand).finally(ended);
    } catch (error) {
      ended();
      throw error;
    }
    // Nothing is left to find out with: the queue brings the next.
    ended();
    gate.answered(line);
  }

  async #lease(line: Line, limit: number, early: boolean): Promise<Hand[]> {
    const { database, timing } = this.#tools;
    const lease = randomUUID();
    const options = { lease, leaseMs: 2 * busyMs(timing), limit, early };
    const rows = await database.scoped(line.tenant, (trx) => leaseHeads(trx, line, options));
    return rows.map((row) => handOfRow(row, lease));
  }

  #goesOn(line: Line): boolean {
    return this.#mine(line) && this.#lines().some((moving) => lineKey(moving) === lineKey(line));
  }

  #start(hand: Hand): Promise<void> {
    const { log } = this.#tools;
    const running = deliver(this.#tools, hand)
      .catch((error: unknown) => {
        // Its lease runs out, and it is taken again.
        if (error instanceof Stopping) return;
        log.error(
          { ...hand.line, message: hand.shipment.envelope.id, err: error },
          'row not settled',
        );
      })
      .finally(() => {
        this.#running.delete(running);
        // The next of its lane may go.
        if (this.#goesOn(hand.line)) this.#work(hand.line).catch(() => undefined);
      });
    this.#running.add(running);
    return running;
  }
}

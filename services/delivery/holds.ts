import { lineKey, type Line } from './line.js';
import { heldByBus, readHolds, type Hold } from './store/holds.js';
import type { Tools } from './tools.js';

/** The lines that stand still, as this process last read them. */
export class Holds {
  readonly #tools: Pick<Tools, 'database'>;
  readonly #changed: () => void;
  #held = new Map<string, Hold>();

  /** `changed` is called when a line was held or released, by whoever. */
  constructor(tools: Pick<Tools, 'database'>, changed: () => void) {
    this.#tools = tools;
    this.#changed = changed;
  }

  holds(line: Line): boolean {
    return this.#held.has(lineKey(line));
  }

  /** All of them. */
  all(): Hold[] {
    return [...this.#held.values()];
  }

  /** Those that the bus itself set, and so probes. */
  own(): Hold[] {
    return this.all().filter(({ held_by }) => held_by === heldByBus);
  }

  /** Reads them again. Throws where PostgreSQL is away. */
  async refresh(): Promise<void> {
    const holds = await this.#tools.database.scoped('*', readHolds);
    const before = [...this.#held.keys()].sort().join();
    this.#held = new Map(holds.map((hold) => [lineKey(hold), hold]));
    if ([...this.#held.keys()].sort().join() !== before) this.#changed();
  }
}

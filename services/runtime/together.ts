import { DatabaseUnavailable } from './database-unavailable.js';

/** Says of something that was to be done with others that it has to be done on its own. */
export const apart = Symbol('apart');

export interface TogetherOptions<Item, Result> {
  /** Of items that share one of these only one is done at a time. */
  readonly keysOf: (item: Item) => readonly string[];
  /** Does several at once, in one transaction: where it throws none of them was done. */
  readonly all: (items: readonly Item[]) => Promise<readonly (Result | typeof apart)[]>;
  /** Does one that could not be done with others, which may take its time; without it that is done as all are. */
  readonly one?: (item: Item) => Promise<Result>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (cause: unknown) => void;
}

/** At most so many in one transaction: it stays short. */
const most = 100;
/** The next is written while one is on its way. */
const atOnce = 2;

/**
 * Does what comes at the same time at once: the first starts without waiting, and what comes while it is under way goes
 * together. So the more there is to do, the less each costs.
 */
export class Together<Item, Result> {
  readonly #options: TogetherOptions<Item, Result>;
  #line: Waiting<Item, Result>[] = [];
  #underWay = 0;

  constructor(options: TogetherOptions<Item, Result>) {
    this.#options = options;
  }

  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#line.push({ item, resolve, reject });
      this.#begin();
    });
  }

  #begin(): void {
    if (this.#underWay >= atOnce || this.#line.length === 0) return;
    this.#underWay += 1;
    // Not before everything that came with it has been read.
    setImmediate(() => {
      void this.#run().finally(() => {
        this.#underWay -= 1;
        this.#begin();
      });
    });
  }

  async #run(): Promise<void> {
    const batch = this.#take();
    try {
      const results = await this.#options.all(batch.map(({ item }) => item));
      for (const [index, { item, resolve }] of batch.entries()) {
        const { [index]: result = apart } = results;
        resolve(result === apart ? this.#alone(item) : result);
      }
    } catch (error) {
      const again = batch.length > 1 && !(error instanceof DatabaseUnavailable);
      for (const { item, resolve, reject } of batch) {
        if (again) resolve(this.#alone(item));
        else reject(error);
      }
    }
  }

  async #alone(item: Item): Promise<Result> {
    const { one, all } = this.#options;
    if (one) return one(item);
    const { 0: result = apart } = await all([item]);
    if (result === apart) throw new Error('it can be done neither with others nor alone');
    return result;
  }

  /** The first in line, and those behind them that share nothing with them. */
  #take(): Waiting<Item, Result>[] {
    const taken: Waiting<Item, Result>[] = [];
    const left: Waiting<Item, Result>[] = [];
    const keys = new Set<string>();
    for (const waiting of this.#line) {
      const own = this.#options.keysOf(waiting.item);
      const fits = taken.length < most && !own.some((key) => keys.has(key));
      (fits ? taken : left).push(waiting);
      for (const key of own) keys.add(key);
    }
    this.#line = left;
    return taken;
  }
}

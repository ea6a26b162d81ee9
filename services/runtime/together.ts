import { DatabaseUnavailable } from './database-unavailable.js';

/** Says of something that was to be done with others that it has to be done on its own. */
export const apart = Symbol('apart');

export interface TogetherOptions<Item, Result> {
  /** Whose it is: what one has much of does not keep others waiting. */
  readonly tenantOf: (item: Item) => string;
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

/** At most so many in one transaction, and of one tenant: it stays short, and nobody waits behind somebody's crowd. */
const most = 30;
const mostOfOne = 10;
/** Another is written while one is on its way, but not for the few who can go with the next: a transaction costs more than what is in it. */
const enoughForAnother = mostOfOne;

/**
 * Does what comes at the same time at once: the first starts without waiting, and what comes while it is under way goes
 * together. So the more there is to do, the less each costs.
 */
export class Together<Item, Result> {
  readonly #options: TogetherOptions<Item, Result>;
  /** Of those under way. */
  readonly #keys = new Set<string>();
  #line: Waiting<Item, Result>[] = [];
  #underWay = 0;
  #due = false;

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
    if (this.#due || !this.#mayBegin()) return;
    this.#due = true;
    // Not before everything that came with it has been read.
    setImmediate(() => {
      this.#due = false;
      const batch = this.#take();
      if (batch.length > 0) void this.#run(batch);
    });
  }

  #mayBegin(): boolean {
    const { length } = this.#line;
    return this.#underWay === 0 ? length > 0 : this.#underWay === 1 && length >= enoughForAnother;
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.#underWay += 1;
    try {
      const results = await this.#options.all(batch.map(({ item }) => item));
      for (const [index, { item, resolve }] of batch.entries()) {
        const { [index]: result = apart } = results;
        resolve(result === apart ? this.#alone(item) : result);
      }
    } catch (error) {
      this.#failed(batch, error);
    }
    this.#underWay -= 1;
    for (const { item } of batch)
      for (const key of this.#options.keysOf(item)) this.#keys.delete(key);
    this.#begin();
  }

  /** Who is at fault is found out one by one, but not where it is PostgreSQL. */
  #failed(batch: readonly Waiting<Item, Result>[], error: unknown): void {
    const again = batch.length > 1 && !(error instanceof DatabaseUnavailable);
    for (const { item, resolve, reject } of batch) {
      if (again) resolve(this.#alone(item));
      else reject(error);
    }
  }

  async #alone(item: Item): Promise<Result> {
    const { one, all } = this.#options;
    if (one) return one(item);
    const { 0: result = apart } = await all([item]);
    if (result === apart) throw new Error('it can be done neither with others nor alone');
    return result;
  }

  /** Those in line that share nothing with each other, with what is under way, or with one that stands before them. */
  #take(): readonly Waiting<Item, Result>[] {
    const taken: Waiting<Item, Result>[] = [];
    const left: Waiting<Item, Result>[] = [];
    const passed = new Set<string>();
    const counts = new Map<string, number>();
    for (const waiting of this.#line) {
      const tenant = this.#options.tenantOf(waiting.item);
      const count = 1 + (counts.get(tenant) ?? 0);
      const own = this.#options.keysOf(waiting.item);
      const free = !own.some((key) => this.#keys.has(key) || passed.has(key));
      if (free && taken.length < most && count <= mostOfOne) {
        taken.push(waiting);
        counts.set(tenant, count);
        for (const key of own) this.#keys.add(key);
      } else {
        left.push(waiting);
        for (const key of own) passed.add(key);
      }
    }
    this.#line = left;
    return taken;
  }
}

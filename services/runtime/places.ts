import { DatabaseUnavailable } from './database-unavailable.js';

/** Nobody gave up a place in time: this process is busy, which says nothing of PostgreSQL. */
const noPlaceFree = (waitMs: number): DatabaseUnavailable =>
  new DatabaseUnavailable(
    `no database connection of this process was free within ${waitMs} ms`,
    '53300',
    { forAll: false },
  );

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (cause: Error) => void;
}

/** A bounded number of places; where several wait, they are given to one after the other in turn: one's crowd delays itself. */
export class Places {
  /** Who waits, in the order of their turns. */
  readonly #lines = new Map<string, Set<Waiting>>();
  readonly #waitMs: number;
  #free: number;

  /** `waitMs`: how long somebody stands in line; Infinity for as long as it takes. */
  constructor(count: number, waitMs: number) {
    this.#free = count;
    this.#waitMs = waitMs;
  }

  /** Does the work in a place. Throws `DatabaseUnavailable` where none came free in time, or what `refuse` was told. */
  async during<T>(who: string, work: () => Promise<T>): Promise<T> {
    await this.#enter(who);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** There is nothing to wait for: everybody in line is told so. */
  refuse(cause: Error): void {
    for (const line of [...this.#lines.values()])
      for (const waiting of [...line]) waiting.refuse(cause);
  }

  #enter(who: string): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const end = (tell: () => void): void => {
        clearTimeout(timer);
        this.#step(who, waiting);
        tell();
      };
      const waiting: Waiting = {
        enter: () => end(resolve),
        refuse: (cause) => end(() => reject(cause)),
      };
      const late = (): void => waiting.refuse(noPlaceFree(this.#waitMs));
      const timer = Number.isFinite(this.#waitMs) ? setTimeout(late, this.#waitMs) : undefined;
      this.#lines.set(who, (this.#lines.get(who) ?? new Set()).add(waiting));
    });
  }

  /** The first of the one whose turn it is has the place at once; then it is the turn of the next. */
  #leave(): void {
    const [next] = this.#lines;
    if (!next) {
      this.#free += 1;
      return;
    }
    const [who, line] = next;
    this.#lines.delete(who);
    this.#lines.set(who, line);
    const [first] = line;
    first?.enter();
  }

  #step(who: string, waiting: Waiting): void {
    const line = this.#lines.get(who);
    line?.delete(waiting);
    if (line?.size === 0) this.#lines.delete(who);
  }
}

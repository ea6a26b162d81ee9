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

/** A bounded number of places, given in the order of asking. */
export class Places {
  readonly #line = new Set<Waiting>();
  readonly #waitMs: number;
  #free: number;

  /** `waitMs`: how long somebody stands in line; Infinity for as long as it takes. */
  constructor(count: number, waitMs: number) {
    this.#free = count;
    this.#waitMs = waitMs;
  }

  /** Waits for a place. Throws `DatabaseUnavailable` after `waitMs`, or what `refuse` was told. */
  enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const end = (tell: () => void): void => {
        clearTimeout(timer);
        this.#line.delete(waiting);
        tell();
      };
      const waiting: Waiting = {
        enter: () => end(resolve),
        refuse: (cause) => end(() => reject(cause)),
      };
      const late = (): void => waiting.refuse(noPlaceFree(this.#waitMs));
      const timer = Number.isFinite(this.#waitMs) ? setTimeout(late, this.#waitMs) : undefined;
      this.#line.add(waiting);
    });
  }

  /** Gives a place back; the first in line has it at once. */
  leave(): void {
    const [first] = this.#line;
    if (first) first.enter();
    else this.#free += 1;
  }

  /** There is nothing to wait for: everybody in line is told so. */
  refuse(cause: Error): void {
    for (const waiting of [...this.#line]) waiting.refuse(cause);
  }
}

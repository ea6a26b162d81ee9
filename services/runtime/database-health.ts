import type { DatabaseUnavailable } from './database-unavailable.js';
import type { Log } from './log.js';

/** After the last failure: as long as what keeps failing waits between two tries, and as whoever looks every second. */
const keptMs = { answers: 20_000, silent: 2_000 };

/** Whether PostgreSQL does its work, by the work itself; one line in the log when it stops, one when it goes on. */
export class DatabaseHealth {
  readonly #log: Pick<Log, 'info' | 'warn'>;
  readonly #now: () => number;
  #problem: DatabaseUnavailable | null = null;
  #lastFailure = 0;
  /** When the latest that was done had begun. */
  #doneSince = -Infinity;

  constructor(log: Pick<Log, 'info' | 'warn'>, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  /** Words for the operator; null while PostgreSQL does its work. */
  get problem(): string | null {
    return this.#problem?.message ?? null;
  }

  /**
   * `askedAt` (ms of `performance.now()`): what never got an answer says so late. Where PostgreSQL has done since what was
   * asked after it, that is over, and nobody is told.
   */
  failed(error: DatabaseUnavailable, askedAt: number): void {
    if (!error.forAll) return;
    if (!error.answers && askedAt < this.#doneSince) return;
    this.#lastFailure = this.#now();
    const before = this.#problem;
    this.#problem = error;
    if (before === null) this.#log.warn({ code: error.code }, error.message);
  }

  /**
   * A transaction that began then (ms of `performance.now()`) was committed. A PostgreSQL that is full still reads, so a success between two failures says nothing:
   * the problem is over when none has followed for a while.
   */
  worked(beganAt: number): void {
    this.#doneSince = Math.max(this.#doneSince, beganAt);
    if (this.#problem === null) return;
    const quietMs = this.#now() - this.#lastFailure;
    if (quietMs < (this.#problem.answers ? keptMs.answers : keptMs.silent)) return;
    this.#problem = null;
    this.#log.info('PostgreSQL works again');
  }
}

import type { BusState } from '#bus/link.js';
import type { Log } from '#runtime/log.js';

/** Whether PostgreSQL answers, by the last round that needed it. */
export class DatabaseHealth {
  readonly #log: Pick<Log, 'info' | 'warn'>;
  #away: string | null = null;

  constructor(log: Pick<Log, 'info' | 'warn'>) {
    this.#log = log;
  }

  /** Null while PostgreSQL answers. */
  get problem(): string | null {
    return this.#away;
  }

  /** Runs `round` and notes whether PostgreSQL answered; says so once per change. */
  async note(round: () => Promise<void>): Promise<void> {
    try {
      await round();
      if (this.#away !== null) this.#log.info('PostgreSQL answers again');
      this.#away = null;
    } catch (error) {
      const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
      const cause = typeof code === 'string' ? code : String(error);
      if (this.#away === null)
        this.#log.warn({ cause }, 'PostgreSQL does not answer: delivery waits');
      this.#away = `PostgreSQL does not answer (${cause})`;
    }
  }
}

/** What keeps this process from delivering, in words for the operator; null where nothing does. */
export const readinessOf = (state: BusState, database: DatabaseHealth): string | null => {
  if (state !== 'up') return `the broker is ${state}`;
  return database.problem;
};

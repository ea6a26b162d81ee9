import type { Database } from '#runtime/database.js';
import { cancelChannel, questionKey } from '#trace/question-channels.js';
import { cancelledAmong } from './store.js';

/** Knows which questions of this process nobody waits for any more. */
export class Cancellations {
  readonly #database: Pick<Database, 'scoped' | 'listen'>;
  readonly #asked = new Map<string, AbortController>();

  constructor(database: Pick<Database, 'scoped' | 'listen'>) {
    this.#database = database;
  }

  /** Listens until the answered function is called. */
  start(): () => Promise<void> {
    return this.#database.listen(cancelChannel, (payload) => {
      if (payload === '') void this.#lookBack().catch(() => undefined);
      else this.#asked.get(payload)?.abort();
    });
  }

  /** Runs `work` with a signal that is aborted once whoever asked has gone. */
  async during<T>(
    { tenant, id }: { readonly tenant: string; readonly id: string },
    work: (gone: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const key = questionKey(tenant, id);
    const controller = new AbortController();
    this.#asked.set(key, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#asked.delete(key);
    }
  }

  /** What was told while the line to PostgreSQL was away. */
  async #lookBack(): Promise<void> {
    const messages = [...this.#asked.keys()].map((key) => key.split('/')[1] ?? '');
    if (messages.length === 0) return;
    const gone = await this.#database.scoped('*', (trx) => cancelledAmong(trx, messages));
    for (const { tenant, message } of gone) this.#asked.get(questionKey(tenant, message))?.abort();
  }
}

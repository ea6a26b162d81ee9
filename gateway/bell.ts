import type { Database } from '#runtime/database.js';

/** Rings where PostgreSQL tells that there is something to fetch. */
export interface Bell {
  /** Resolves at the next ring under the name, after `waitMs`, or when `given` is aborted. */
  readonly rung: (name: string, waitMs: number, given?: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Listens once for all names of a channel. The payload is a name; an empty one, after a reconnection, wakes all. */
export const openBell = (database: Pick<Database, 'listen'>, channel: string): Bell => {
  const waiting = new Map<() => void, string>();
  const deafen = database.listen(channel, (payload) => {
    for (const [wake, name] of waiting) if (payload === '' || payload === name) wake();
  });
  return {
    rung: (name, waitMs, given) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          given?.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, waitMs);
        waiting.set(wake, name);
        given?.addEventListener('abort', wake);
        if (given?.aborted === true) wake();
      }),
    close: async () => {
      for (const wake of waiting.keys()) wake();
      await deafen();
    },
  };
};

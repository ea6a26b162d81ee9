import type { Database } from '#runtime/database.js';
import type { Place } from './leases.js';

/** Rings where something was laid in a postvak. */
export interface Bell {
  /** Resolves at the next ring for the place, or after `waitMs`. */
  readonly rung: (place: Place, waitMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const channel = 'lbbus_postvak';
const nameOf = ({ tenant, postvak }: Place): string => `${tenant}/${postvak}`;

/** Listens once for all postvakken. The payload is `<tenant>/<postvak>`; an empty one, after a reconnection, wakes all. */
export const openBell = (database: Database): Bell => {
  const waiting = new Map<() => void, string>();
  const deafen = database.listen(channel, (payload) => {
    for (const [wake, name] of waiting) if (payload === '' || payload === name) wake();
  });
  return {
    rung: (place, waitMs) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, waitMs);
        waiting.set(wake, nameOf(place));
      }),
    close: async () => {
      for (const wake of waiting.keys()) wake();
      await deafen();
    },
  };
};

import type { Database } from '#runtime/database.js';

/** Hears a name from when it was opened: a ring that comes while nobody waits is not missed. */
export interface Hearing {
  /** Resolves at the next ring, or one since the last, after `waitMs`, or when whoever opened it is gone. */
  readonly rung: (waitMs: number) => Promise<void>;
  readonly close: () => void;
}

/** Rings where PostgreSQL tells that there is something to fetch. */
export interface Bell {
  /** Hears the name until it is closed; once `gone` is aborted every wait ends at once. */
  readonly hear: (name: string, gone?: AbortSignal) => Hearing;
  /** Resolves at the next ring under the name, or after `waitMs`. */
  readonly rung: (name: string, waitMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One hearing, and the way to ring it. */
const openHearing = (gone: AbortSignal | undefined, leave: () => void) => {
  let heard = gone?.aborted === true;
  let wake: (() => void) | null = null;
  const ring = (): void => {
    heard = true;
    wake?.();
  };
  const rung = (waitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        wake = null;
        heard = gone?.aborted === true;
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      wake = end;
      if (heard) end();
    });
  gone?.addEventListener('abort', ring);
  const close = (): void => {
    gone?.removeEventListener('abort', ring);
    leave();
  };
  return { ring, hearing: { rung, close } };
};

/** Listens once for all names of a channel. The payload is a name; an empty one, after a reconnection, wakes all. */
export const openBell = (database: Pick<Database, 'listen'>, channel: string): Bell => {
  const names = new Map<string, Set<() => void>>();
  const ringAll = (): void => {
    for (const rings of names.values()) for (const ring of rings) ring();
  };
  const deafen = database.listen(channel, (payload) => {
    if (payload === '') ringAll();
    else for (const ring of names.get(payload) ?? []) ring();
  });
  const hear: Bell['hear'] = (name, gone) => {
    const rings = names.get(name) ?? new Set();
    const { ring, hearing } = openHearing(gone, () => {
      rings.delete(ring);
      if (rings.size === 0 && names.get(name) === rings) names.delete(name);
    });
    names.set(name, rings.add(ring));
    return hearing;
  };
  return {
    hear,
    rung: async (name, waitMs) => {
      const hearing = hear(name);
      await hearing.rung(waitMs);
      hearing.close();
    },
    close: async () => {
      ringAll();
      await deafen();
    },
  };
};

import type { Database } from '#runtime/database.js';

/** Hears a name from when it was opened: a ring that comes while nobody waits is not missed. */
export interface Hearing {
  /**
   * Resolves at the next ring, or one since the last, after `waitMs`, or when whoever opened it is gone: with what was told
   * beside the name, or nothing.
   */
  readonly rung: (waitMs: number) => Promise<string>;
  readonly close: () => void;
}

/** Rings where PostgreSQL tells that there is something to fetch. */
export interface Bell {
  /** Hears the name until it is closed; once `gone` is aborted every wait ends at once. */
  readonly hear: (name: string, gone?: AbortSignal) => Hearing;
  readonly close: () => Promise<void>;
}

/** One hearing, and the way to ring it. */
const openHearing = (gone: AbortSignal | undefined, leave: () => void) => {
  let heard = gone?.aborted === true;
  let told = '';
  let wake: (() => void) | null = null;
  const ring = (beside: string): void => {
    heard = true;
    if (beside !== '') told = beside;
    wake?.();
  };
  const rung = (waitMs: number): Promise<string> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        wake = null;
        heard = gone?.aborted === true;
        resolve(told);
        told = '';
      };
      const timer = setTimeout(end, waitMs);
      wake = end;
      if (heard) end();
    });
  const leaveOff = (): void => ring('');
  gone?.addEventListener('abort', leaveOff);
  const close = (): void => {
    gone?.removeEventListener('abort', leaveOff);
    leave();
  };
  return { ring, hearing: { rung, close } };
};

/**
 * Listens once for all names of a channel. The payload is a name and what is told beside it, with a space between; an empty
 * one, after a reconnection, wakes all.
 */
export const openBell = (database: Pick<Database, 'listen'>, channel: string): Bell => {
  const names = new Map<string, Set<(beside: string) => void>>();
  const ringAll = (): void => {
    for (const rings of names.values()) for (const ring of rings) ring('');
  };
  const deafen = database.listen(channel, (payload) => {
    const [name = '', ...beside] = payload.split(' ');
    if (name === '') ringAll();
    else for (const ring of names.get(name) ?? []) ring(beside.join(' '));
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
    close: async () => {
      ringAll();
      await deafen();
    },
  };
};

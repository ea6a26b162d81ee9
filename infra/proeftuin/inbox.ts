import type { FetchedEvent, Meldpunt } from './meldpunt.js';

const waitSeconds = 5;
/** Long enough for something that came twice to show. */
const lastWaitSeconds = 2;

/** Everything that was fetched from the postvakken, in the order in which it came. */
export interface Inbox {
  /** What came about a subject so far. */
  readonly about: (subject: string) => readonly FetchedEvent[];
  readonly count: () => number;
  /** Stops fetching, after one more look into each postvak. Throws what went wrong while fetching. */
  readonly close: () => Promise<void>;
}

/** Keeps fetching and acknowledging in all postvakken at once. */
export const openInbox = (meldpunten: Iterable<Meldpunt>): Inbox => {
  const bySubject = new Map<string, FetchedEvent[]>();
  let closing = false;
  let fetched = 0;
  const look = async (meldpunt: Meldpunt, seconds: number): Promise<void> => {
    for (const event of await meldpunt.fetch(seconds)) {
      fetched += 1;
      const about = bySubject.get(event.subject) ?? [];
      about.push(event);
      bySubject.set(event.subject, about);
    }
  };
  const watch = async (meldpunt: Meldpunt): Promise<void> => {
    while (!closing) await look(meldpunt, waitSeconds);
    await look(meldpunt, lastWaitSeconds);
  };
  const watching = Promise.all([...meldpunten].map(watch));
  watching.catch(() => undefined); // thrown by close
  return {
    about: (subject) => bySubject.get(subject) ?? [],
    count: () => fetched,
    close: async () => {
      closing = true;
      await watching;
    },
  };
};

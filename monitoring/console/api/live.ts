import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Hint } from '../../live/hint.ts';

/** Longest pause between two tries, and the first. */
const mostMs = 20_000;
const firstMs = 1_000;

type State = 'opening' | 'live' | 'away';
let state: State = 'opening';
const listeners = new Set<() => void>();

const become = (next: State): void => {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
};

/** Everything may have changed while the stream was away. */
const askAllAgain = (client: QueryClient): void =>
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });

const follow = (client: QueryClient): (() => void) => {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstMs;
  const open = (): void => {
    source = new EventSource('/admin/v1/live');
    source.onopen = () => {
      if (state === 'away') askAllAgain(client);
      waitMs = firstMs;
      become('live');
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const { kind } = JSON.parse(data) as Hint;
      void client.invalidateQueries({ queryKey: [kind] });
    };
    source.onerror = () => {
      source?.close();
      become('away');
      // Whether it was the session that ended is asked at once; the stream itself a little later.
      void client.invalidateQueries({ queryKey: ['session'] });
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, mostMs);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
    become('opening');
  };
};

/** Keeps what is shown up to date while it is mounted: once, in the frame. */
export const useLive = (): void => {
  const client = useQueryClient();
  useEffect(() => follow(client), [client]);
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether what is shown follows what happens. */
export const useLiveState = (): State => useSyncExternalStore(subscribe, () => state);

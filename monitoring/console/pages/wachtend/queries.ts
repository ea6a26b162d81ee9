import { useQuery } from '@tanstack/react-query';
import type { LineStanding } from '../../../lines/standing.ts';
import { get } from '../../api/ask.ts';

export type { LineStanding };

const everyMs = 5_000;

/** Every line at which something waits, is held, or fails as a whole. */
export const useLines = () =>
  useQuery({
    queryKey: ['holds', 'lines'],
    queryFn: ({ signal }) => get<{ readonly lines: readonly LineStanding[] }>('lines', signal),
    // Circuits open and waits end without a hint.
    refetchInterval: everyMs,
    select: ({ lines }) => lines,
  });

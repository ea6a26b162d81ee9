import { quantile } from '../measures.js';
import type { Looked } from './console.js';

/** What may pass, in milliseconds, at 300 tenants and ten million messages. */
const bars = { overview: 1_500, search: 300, live: 2_000 } as const;

const row = (words: string, waits: readonly number[], barMs: number): string => {
  const at = (share: number): string => `${Math.round(quantile(waits, share))} ms`.padStart(10);
  return `${words.padEnd(42)}${at(0.5)}${at(0.95)}${at(1)}${`${barMs} ms`.padStart(10)}`;
};

/** How long a person at the console waited, as lines of a table. */
export const linesOf = ({ tenants, messages, first, again, searches, live }: Looked): string[] => [
  `${tenants} tenants, ${messages} messages`,
  `${''.padEnd(42)}${'p50'.padStart(10)}${'p95'.padStart(10)}${'longest'.padStart(10)}${'bar'.padStart(10)}`,
  row('overview, the first time in this browser', first, bars.overview),
  row('overview, again', again, bars.overview),
  ...[...searches].map(([words, waits]) => row(`messages, ${words}`, waits, bars.search)),
  row('an act of somebody else is seen', live, bars.live),
];

/** Of the waits, 95 % are within each bar. */
export const meetsBars = ({ first, again, searches, live }: Looked): boolean =>
  [
    ...[first, again].map((waits) => [waits, bars.overview] as const),
    ...[...searches.values()].map((waits) => [waits, bars.search] as const),
    [live, bars.live] as const,
  ].every(([waits, barMs]) => quantile(waits, 0.95) <= barMs);

import { quantileMs, type Wait } from '#infra/load/waits.js';

/** The waits of one time of the bench. */
export interface Time {
  readonly words: string;
  readonly waits: readonly Wait[];
}

const shares = [0.5, 0.95, 0.99] as const;

const columns = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(10))).join('');

const ms = (value: number): string => `${Math.round(value)} ms`;

/** How many times as long the neighbours waited at this share, beside the troubles. */
export const factorAt = (alone: Time, beside: Time, share: number): number =>
  quantileMs(beside.waits, share) / Math.max(1, quantileMs(alone.waits, share));

/** The waits of the neighbours without and with the others' troubles, as lines of a table. */
export const tableOf = (alone: Time, beside: Time): string[] => [
  columns(['', 'messages', ...shares.map((share) => `p${share * 100}`)]),
  ...[alone, beside].map(({ words, waits }) =>
    columns([words, String(waits.length), ...shares.map((share) => ms(quantileMs(waits, share)))]),
  ),
  columns(['', '', ...shares.map((share) => `x ${factorAt(alone, beside, share).toFixed(2)}`)]),
];

import { quantileMs, type Wait } from '#infra/load/waits.js';

/** One time of the bench. */
export interface Time {
  /** The share of its processors that the machine used. */
  readonly busy: number;
  readonly waits: readonly Wait[];
}

/** The two times of one rate at which the neighbours send. */
export interface Pair {
  readonly perSecond: number;
  readonly alone: Time;
  readonly beside: Time;
}

const shares = [0.5, 0.95, 0.99] as const;
const mostFactor = 2;
/** As the sizing plans a machine: one that is busier without any trouble is too small for what is asked of it. */
const plannedBusy = 0.5;

const columns = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(10))).join('');

const ms = (value: number): string => `${Math.round(value)} ms`;

/** How many times as long the neighbours waited at this share, beside the troubles. */
export const factorAt = ({ alone, beside }: Pair, share: number): number =>
  quantileMs(beside.waits, share) / Math.max(1, quantileMs(alone.waits, share));

const rowOf = (words: string, { busy, waits }: Time): string =>
  columns([
    words,
    `${Math.round(100 * busy)} %`,
    String(waits.length),
    ...shares.map((share) => ms(quantileMs(waits, share))),
  ]);

const rowsOf = (pair: Pair): string[] => [
  rowOf(`${pair.perSecond} a second, alone`, pair.alone),
  rowOf(`${pair.perSecond} a second, beside them`, pair.beside),
  columns(['', '', '', ...shares.map((share) => `x ${factorAt(pair, share).toFixed(2)}`)]),
];

/** The waits of the neighbours without and with the others' troubles, as lines of a table. */
export const tableOf = (pairs: readonly Pair[]): string[] => [
  columns(['', 'busy', 'messages', ...shares.map((share) => `p${share * 100}`)]),
  ...pairs.flatMap(rowsOf),
];

/**
 * Whether the neighbours wait no more than twice as long, p50 and p95, wherever the machine has room for them as it is planned:
 * at least at one of the rates.
 */
export const meetsBar = (pairs: readonly Pair[]): boolean => {
  const planned = pairs.filter(({ alone }) => alone.busy <= plannedBusy);
  const met = (pair: Pair): boolean =>
    [0.5, 0.95].every((share) => factorAt(pair, share) <= mostFactor);
  return planned.length > 0 && planned.every(met);
};

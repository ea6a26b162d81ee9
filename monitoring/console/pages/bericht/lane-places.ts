import type { Trace } from './queries.ts';

const width = 900;
const startX = 190;
const right = 16;
/** Closer than this marks would hide each other: they keep their order, this far apart. */
const leastGap = 15;

/** One thing that happened, where it is drawn. */
export interface Dot {
  readonly key: string;
  readonly x: number;
  readonly outcome: string;
}

type Told = Pick<Trace, 'acceptedAt'> & {
  readonly targets: readonly {
    readonly target: string;
    readonly steps: readonly {
      readonly at: string;
      readonly sequence: number;
      readonly outcome: string;
    }[];
  }[];
};

const placed = (xs: readonly number[]): number[] => {
  const ahead: number[] = [];
  for (const x of xs) ahead.push(Math.max(x, (ahead.at(-1) ?? startX) + leastGap));
  // Those that were pushed over the edge push back.
  const back: number[] = [];
  for (const x of ahead.reverse())
    back.push(Math.min(x, (back.at(-1) ?? width - right + leastGap) - leastGap));
  return back.reverse();
};

/** Where each step of a trace is drawn, by its time since acceptance, in order and apart. */
export const lanesOf = ({ acceptedAt, targets }: Told) => {
  const startMs = Date.parse(acceptedAt);
  const moments = targets.flatMap(({ steps }) => steps.map(({ at }) => Date.parse(at) - startMs));
  const spanMs = Math.max(1, ...moments);
  const scale = (ms: number): number =>
    startX + (Math.max(0, ms) / spanMs) * (width - right - startX);
  const lanes = targets.map(({ target, steps }) => {
    const xs = placed(steps.map(({ at }) => scale(Date.parse(at) - startMs)));
    const dots: Dot[] = steps.map(({ sequence, outcome }, index) => ({
      key: `${sequence} ${index}`,
      x: Math.round(xs[index] ?? startX),
      outcome,
    }));
    return { target, dots };
  });
  return { lanes, width, startX, spanMs };
};

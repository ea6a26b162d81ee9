import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What a metric says and by which labels; the name is its first word everywhere. */
export interface Described<L extends string> {
  readonly help: string;
  readonly labelNames: readonly L[];
}

type Told<L extends string> = readonly [Partial<Record<L, string>>, number];

/** A gauge whose values are asked for at each scrape; it is silent until `from` says who answers. */
export interface Asked<L extends string> {
  readonly from: (answers: () => Iterable<Told<L>>) => void;
}

export interface MetricsOptions {
  /** With the numbers of the process and of Node. */
  readonly process: boolean;
}

/** Until it is known how much there is of something it is not said to be none. */
const forget = (gauge: Gauge, labelNames: readonly string[]): void => {
  gauge.reset();
  if (labelNames.length === 0) gauge.remove();
};

/** A registry of one process, and how its metrics are made. */
export const openRegistry = (options: MetricsOptions) => {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    counter: <L extends string>(name: string, { help, labelNames }: Described<L>) =>
      new Counter<L>({ name, help, labelNames: [...labelNames], registers }),
    gauge: <L extends string>(name: string, { help, labelNames }: Described<L>) => {
      const gauge = new Gauge<L>({ name, help, labelNames: [...labelNames], registers });
      forget(gauge, labelNames);
      return gauge;
    },
    histogram: <L extends string>(
      name: string,
      { help, labelNames, buckets }: Described<L> & { readonly buckets: readonly number[] },
    ) =>
      new Histogram<L>({
        name,
        help,
        labelNames: [...labelNames],
        buckets: [...buckets],
        registers,
      }),
    asked: <L extends string>(name: string, { help, labelNames }: Described<L>): Asked<L> => {
      let answers: () => Iterable<Told<L>> = () => [];
      const gauge: Gauge<L> = new Gauge<L>({
        name,
        help,
        labelNames: [...labelNames],
        registers,
        collect: () => {
          forget(gauge, labelNames);
          for (const [labels, value] of answers()) gauge.set(labels, value);
        },
      });
      return { from: (ask) => void (answers = ask) };
    },
  };
};

/** The makers of a registry. */
export type Making = ReturnType<typeof openRegistry>;

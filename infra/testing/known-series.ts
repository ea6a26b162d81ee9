import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '#runtime/root.js';
import { allMetrics, type MetricWords } from '../../monitoring/alerts/metric-words.js';
import { groupedBy, selectedIn } from '../../monitoring/alerts/promql.js';

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The rules of a file under monitoring/alerts/rules. */
export const rulesIn = (file: string): readonly Rule[] => {
  const text = readFileSync(join(packageRoot, 'monitoring/alerts/rules', file), 'utf8');
  const { groups } = parse(text) as { groups: readonly { rules: readonly Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
};

/** What Prometheus itself puts on every series. */
const ofPrometheus = ['job', 'instance'];

const seriesOf = ({ name, type, labels }: MetricWords): [string, readonly string[]][] => {
  const all = [...labels, ...ofPrometheus];
  if (type !== 'histogram') return [[name, all]];
  return [
    [`${name}_bucket`, [...all, 'le']],
    [`${name}_sum`, all],
    [`${name}_count`, all],
  ];
};

/** The labels of each series that there is: of our processes and of the recording rules. */
export const knownSeries = (): ReadonlyMap<string, readonly string[]> => {
  const known = new Map(allMetrics().flatMap(seriesOf));
  known.set('up', ofPrometheus);
  for (const { record, expr } of rulesIn('recording.yml'))
    if (record !== undefined) known.set(record, groupedBy(expr));
  return known;
};

/** What an expression asks for and nobody tells: a metric that there is not, or a label that it does not have. */
export const unknownIn = (
  expression: string,
  known: ReadonlyMap<string, readonly string[]>,
): readonly string[] => {
  const selected = selectedIn(expression);
  const labels = new Set(selected.flatMap(({ metric }) => known.get(metric) ?? []));
  return [
    ...selected.flatMap(({ metric, labels: chosen }) => {
      const has = known.get(metric);
      if (!has) return [metric];
      return chosen.filter((label) => !has.includes(label)).map((label) => `${metric}{${label}}`);
    }),
    ...groupedBy(expression).filter((label) => !labels.has(label)),
    ...(selected.length === 0 ? [`nothing of ours: ${expression}`] : []),
  ];
};

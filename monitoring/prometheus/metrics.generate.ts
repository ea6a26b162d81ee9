import { allMetrics, type MetricWords } from '../alerts/metric-words.js';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const rowOf = ({ name, type, labels, roles, help }: MetricWords): string =>
  row([
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(' '),
    roles.join(', '),
    help,
  ]);

const table = (metrics: readonly MetricWords[]): readonly string[] => [
  row(['metric', 'kind', 'labels', 'told by', 'what it says']),
  row(['---', '---', '---', '---', '---']),
  ...metrics.map(rowOf),
  '',
];

const isOurs = ({ name }: MetricWords): boolean => name.startsWith('lbbus_');

const page = (metrics: readonly MetricWords[]): string =>
  [
    '# Metrics',
    '',
    '<!-- Generated from services/runtime/metrics by `npm run generate`; do not edit. -->',
    '',
    'What each process tells Prometheus on `/metrics` of its internal port. How it is read, and what follows from it: [metrics and alerts](../operate/metrics.md).',
    '',
    ...table(metrics.filter(isOurs)),
    '## Of the process and Node',
    '',
    ...table(metrics.filter((metric) => !isOurs(metric))),
  ].join('\n');

/** The reference page of the metrics, from the registries of the processes themselves. */
export default (): Promise<Record<string, string>> =>
  Promise.resolve({ 'docs/reference/metrics.md': page(allMetrics()) });

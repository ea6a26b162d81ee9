import { quantileMs, type Wait } from '#infra/load/waits.js';
import { thingOf, type Plan } from './plan.js';
import type { Findings } from './run.js';

const width = 1_200;
const left = 150;
const rowHeight = 12;
const chartHeight = 120;
const bucketMs = 5_000;

interface Bucket {
  readonly perSecond: number;
  readonly p95Ms: number;
}

const bucketsOf = (waits: readonly Wait[], beganMs: number, endMs: number): Bucket[] =>
  Array.from({ length: Math.max(1, Math.ceil((endMs - beganMs) / bucketMs)) }, (_, index) => {
    const fromMs = beganMs + index * bucketMs;
    const isIn = (ms: number): boolean => ms >= fromMs && ms < fromMs + bucketMs;
    return {
      perSecond: waits.filter(({ toMs }) => isIn(toMs)).length / (bucketMs / 1_000),
      p95Ms: quantileMs(
        waits.filter((wait) => isIn(wait.fromMs)),
        0.95,
      ),
    };
  });

const text = (x: number, y: number, words: string): string =>
  `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}">${words}</text>`;

interface Chart {
  readonly title: string;
  readonly top: number;
  readonly values: readonly number[];
  readonly highest: string;
  readonly colour: string;
}

const chart = ({ title, top, values, highest, colour }: Chart): string => {
  const most = Math.max(1, ...values);
  const step = (width - left) / values.length;
  const bars = values.map((value, index) => {
    const height = (value / most) * (chartHeight - 20);
    const y = top + chartHeight - height;
    return `<rect x="${(left + index * step).toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0.5, step - 0.5).toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}"/>`;
  });
  return [text(4, top + 30, title), text(4, top + 45, `up to ${highest}`), ...bars].join('\n');
};

/** The faults over time, with what was done and how long it waited beneath: an SVG image. */
export const pictureOf = (plan: Plan, { beganMs, course, waits }: Findings): string => {
  const endMs = Math.max(beganMs + plan.endMs, ...waits.map(({ toMs }) => toMs));
  const xOf = (ms: number): number => left + ((ms - beganMs) / (endMs - beganMs)) * (width - left);
  const rowOf = (thing: string): string => (thing.startsWith('system') ? 'systems' : thing);
  const rows = [...new Set(course.episodes.map(({ fault }) => rowOf(thingOf(fault))))].sort();
  const faults = course.episodes.map(({ fault, fromMs, toMs }) => {
    const y = 20 + rows.indexOf(rowOf(thingOf(fault))) * rowHeight;
    const span = Math.max(1, xOf(toMs) - xOf(fromMs));
    return `<rect x="${xOf(fromMs).toFixed(1)}" y="${y}" width="${span.toFixed(1)}" height="${rowHeight - 3}" fill="#b3261e" fill-opacity="0.6"/>`;
  });
  const names = rows.map((name, index) => text(4, 28 + index * rowHeight, name));
  const below = 40 + rows.length * rowHeight;
  const buckets = bucketsOf(waits, beganMs, endMs);
  const highestMs = Math.max(0, ...buckets.map(({ p95Ms }) => p95Ms));
  const fastest = Math.max(0, ...buckets.map(({ perSecond }) => perSecond));
  const height = below + 2 * chartHeight + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="9">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...names,
    ...faults,
    chart({
      title: 'done per second',
      top: below,
      values: buckets.map(({ perSecond }) => perSecond),
      highest: fastest.toFixed(0),
      colour: '#1b6e3c',
    }),
    chart({
      title: 'waited (p95, square root)',
      top: below + chartHeight + 10,
      values: buckets.map(({ p95Ms }) => Math.sqrt(p95Ms)),
      highest: `${(highestMs / 1_000).toFixed(1)} s`,
      colour: '#1d4f91',
    }),
    '</svg>',
    '',
  ].join('\n');
};

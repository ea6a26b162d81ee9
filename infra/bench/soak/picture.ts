import type { Sample } from './growth.js';
import type { Point } from './trend.js';

const width = 1_200;
const left = 230;
const rowHeight = 64;
const colours = ['#1b6e3c', '#1d4f91', '#b3261e', '#8a5a00'];
const mib = 1_048_576;

interface Row {
  readonly title: string;
  readonly lines: readonly (readonly Point[])[];
}

const rowsOf = (
  memory: ReadonlyMap<string, readonly Sample[]>,
  courses: ReadonlyMap<string, readonly Point[]>,
): Row[] => [
  ...[...memory].map(([name, samples]) => ({
    title: `${name}: heap, resident (MiB)`,
    lines: [
      samples.map(({ atMs, heapBytes }) => ({ at: atMs, value: heapBytes / mib })),
      samples.map(({ atMs, rssBytes }) => ({ at: atMs, value: rssBytes / mib })),
    ],
  })),
  ...[...courses].map(([title, points]) => ({ title, lines: [points] })),
];

const text = (x: number, y: number, words: string): string =>
  `<text x="${x}" y="${y}">${words}</text>`;

const drawn = ({ title, lines }: Row, top: number, endMs: number): string => {
  const most = Math.max(1, ...lines.flat().map(({ value }) => value));
  const floor = top + rowHeight - 8;
  const paths = lines.map((points, index) => {
    const path = points.map(({ at, value }) => {
      const x = left + (at / endMs) * (width - left - 8);
      return `${x.toFixed(1)},${(floor - (value / most) * (rowHeight - 16)).toFixed(1)}`;
    });
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${colours[index % colours.length] ?? ''}"/>`;
  });
  return [
    text(4, top + 26, title),
    text(4, top + 40, `up to ${most.toFixed(0)}`),
    `<line x1="${left}" y1="${floor}" x2="${width}" y2="${floor}" stroke="#d0d0d0"/>`,
    ...paths,
  ].join('\n');
};

/** The course of everything that was weighed, beneath each other over the same time: an SVG image. */
export const pictureOf = (
  memory: ReadonlyMap<string, readonly Sample[]>,
  courses: ReadonlyMap<string, readonly Point[]>,
): string => {
  const rows = rowsOf(memory, courses);
  const endMs = Math.max(1, ...rows.flatMap(({ lines }) => lines.flat()).map(({ at }) => at));
  const height = rows.length * rowHeight + 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="10">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...rows.map((row, index) => drawn(row, index * rowHeight, endMs)),
    text(left, height - 6, `${(endMs / 60_000).toFixed(1)} minutes`),
    '</svg>',
    '',
  ].join('\n');
};

import { queues, stretches, type Stretch } from './way.js';

const width = 1080;
const left = 230;
const box = { width: 640, line: 20, head: 34, gap: 64, columns: 84 };

interface Line {
  readonly name: string;
  readonly does: string;
}

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const text = (x: number, y: number, content: string, look = ''): string =>
  `<text x="${x}" y="${y}" ${look}>${escape(content)}</text>`;

const wrapped = (sentence: string): string[] => {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < box.columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** A stage takes as many lines as its sentence needs; its name stands on the first. */
const linesOf = ({ stages }: Stretch): Line[] =>
  stages.flatMap(({ name, does }) =>
    wrapped(does).map((line, index) => ({ name: index === 0 ? name : '', does: line })),
  );

const heightOf = (stretch: Stretch): number => box.head + linesOf(stretch).length * box.line + 12;

const drawStretch = (stretch: Stretch, top: number): string =>
  [
    `<rect class="process" x="${left}" y="${top}" width="${box.width}" height="${heightOf(stretch)}" rx="8"/>`,
    text(left + 16, top + 24, stretch.process, 'class="head"'),
    ...linesOf(stretch).flatMap(({ name, does }, index) => {
      const y = top + box.head + 14 + index * box.line;
      const sentence = text(left + 120, y, does, 'class="does"');
      return name === '' ? [sentence] : [text(left + 16, y, name, 'class="stage"'), sentence];
    }),
  ].join('\n');

const arrow = (x: number, from: number, to: number): string =>
  `<path class="arrow" d="M${x} ${from} V${to}" marker-end="url(#tip)"/>`;

const side = (y: number, points: string, label: readonly string[], x: number): string =>
  [
    `<path class="arrow" d="${points}" marker-end="url(#tip)"/>`,
    ...label.map((line, index) => text(x, y + index * 16, line, 'class="does"')),
  ].join('\n');

const look = `<style>
text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #1f2933 }
.head { font-weight: 700; font-size: 16px }
.stage { font-weight: 600 }
.does { fill: #52606d; font-size: 12px }
.queue { font-family: ui-monospace, monospace; fill: #b4480b; font-weight: 600 }
.process { fill: #f2f7fb; stroke: #2f6f9f; stroke-width: 1.5 }
.arrow { fill: none; stroke: #2f6f9f; stroke-width: 1.5 }
.page { fill: #ffffff }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#2f6f9f"/></marker></defs>`;

/** Tops of the process boxes and the height of the whole. */
const layout = (): { tops: number[]; height: number } => {
  const tops: number[] = [];
  let bottom = 20;
  for (const stretch of stretches) {
    tops.push(bottom);
    bottom += heightOf(stretch) + box.gap;
  }
  return { tops, height: bottom - box.gap + 20 };
};

const right = left + box.width;
const middle = left + box.width / 2;

const applications = (gateway: number): string[] => [
  side(gateway + 34, `M20 ${gateway + 60} H${left - 4}`, ['application', 'POST /v1/messages'], 20),
  side(
    gateway + 104,
    `M${left} ${gateway + 84} H24`,
    ['202, all queues confirmed', 'or a problem that says where'],
    20,
  ),
];

const systems = (delivery: number): string[] => [
  side(
    delivery + 34,
    `M${right} ${delivery + 60} H${width - 24}`,
    ['external system', 'or simulator'],
    right + 20,
  ),
  side(
    delivery + 124,
    `M${width - 24} ${delivery + 160} H${right + 4}`,
    ['webhook or poll', queues.hook.name],
    right + 20,
  ),
];

const back = (gateway: number, delivery: number): string =>
  side(
    delivery + 34,
    `M${left} ${delivery + 60} H60 V${gateway + 160} H${left - 4}`,
    ['answers, changes:', 'the same way'],
    72,
  );

/** The way of a message as SVG, drawn from the same data as the text: processes, stages, queues. */
export const drawWay = (): string => {
  const { tops, height } = layout();
  const [gateway = 0, delivery = 0, monitoring = 0] = tops;
  const between = (top: number): number => top - box.gap / 2 + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The way of a message through the bus">`,
    look,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...stretches.map((stretch, index) => drawStretch(stretch, tops[index] ?? 0)),
    ...applications(gateway),
    ...systems(delivery),
    back(gateway, delivery),
    arrow(middle, delivery - box.gap, delivery - 4),
    text(middle + 12, between(delivery), queues.target.name, 'class="queue"'),
    arrow(middle, monitoring - box.gap, monitoring - 4),
    text(middle + 12, between(monitoring), queues.audit.name, 'class="queue"'),
    side(
      monitoring + 30,
      `M${left} ${delivery - box.gap - 18} H200 V${monitoring + 40} H${left - 4}`,
      [],
      0,
    ),
    side(
      monitoring + 30,
      `M${right} ${monitoring + 40} H${width - 24}`,
      ['status, trace'],
      right + 20,
    ),
    '</svg>',
  ].join('\n');
};

import type { Trace } from '../operators/trace.js';
import { html, type Markup } from './html.js';
import { wordOf } from './shell.js';
import { textsIn, type Language } from './texts.js';

const width = 1_040;
const left = 170;
const right = 40;
const laneHeight = 46;
const top = 34;
const dot = 6;
/** Steps closer than this would hide each other: they are drawn in their order, this far apart. */
const leastGap = 18;

interface Dot {
  readonly x: number;
  readonly outcome: string;
  readonly words: string;
}

const span = (fromMs: number, toMs: number): string => {
  const ms = toMs - fromMs;
  if (ms < 1_000) return `+${ms} ms`;
  if (ms < 60_000) return `+${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return `+${(ms / 60_000).toFixed(1)} min`;
  return `+${(ms / 3_600_000).toFixed(1)} h`;
};

interface Axis {
  readonly place: (atMs: number) => number;
  readonly startMs: number;
  readonly language: Language;
}

const dotsOf = (
  steps: Trace['targets'][number]['steps'],
  { place, startMs, language }: Axis,
): Dot[] => {
  const dots: Dot[] = [];
  for (const step of steps) {
    const atMs = Date.parse(step.at);
    const before = dots.at(-1)?.x ?? -Infinity;
    const x = Math.min(width - right, Math.max(place(atMs), before + leastGap));
    const code = step.code === null ? '' : ` (${step.code})`;
    dots.push({
      x: Math.round(x),
      outcome: step.outcome,
      words: `${wordOf(step.outcome, language)}${code} ${span(startMs, atMs)}`,
    });
  }
  return dots;
};

const laneOf = (
  target: string,
  dots: readonly Dot[],
  { y, startX }: { readonly y: number; readonly startX: number },
): Markup =>
  html`<g>
    <text x="0" y="${y + 4}">${target}</text>
    <line
      class="axis"
      x1="${startX}"
      y1="${y}"
      x2="${dots.at(-1)?.x ?? startX}"
      y2="${y}"
      stroke-width="2"
    />
    <circle class="dot-accepted" cx="${startX}" cy="${y}" r="${dot - 2}" />
    ${dots.map(
      ({ x, outcome, words }) =>
        html`<circle class="dot-${outcome}" cx="${x}" cy="${y}" r="${dot}"
          ><title>${words}</title></circle
        >`,
    )}
    ${dots
      .slice(-1)
      .map(
        ({ x, words }) =>
          html`<text
            class="soft"
            text-anchor="${x > width / 2 ? 'end' : 'start'}"
            x="${x}"
            y="${y - 12}"
            >${words}</text
          >`,
      )}
  </g>`;

/** The trace of a message as lines of dots: one per target, from acceptance to its last step. */
export const timelineOf = (trace: Trace, language: Language): Markup => {
  const startMs = Date.parse(trace.acceptedAt);
  const lastMs = Math.max(
    startMs + 1,
    ...trace.targets.flatMap(({ steps }) => steps.map(({ at }) => Date.parse(at))),
  );
  const place = (atMs: number): number =>
    left + (Math.max(0, atMs - startMs) / (lastMs - startMs)) * (width - left - right);
  const height = top + trace.targets.length * laneHeight;
  return html`<svg
    viewBox="-16 0 ${width + 16} ${height}"
    role="img"
    aria-label="${textsIn[language].timeline}"
  >
    ${trace.targets.map(({ target, steps }, index) =>
      laneOf(target, dotsOf(steps, { place, startMs, language }), {
        y: top + index * laneHeight,
        startX: left,
      }),
    )}
  </svg>`;
};

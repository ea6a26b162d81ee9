import { useTranslation } from 'react-i18next';
import { durationText } from '../../parts/figures.tsx';
import { lanesOf, type Dot } from './lane-places.ts';
import type { Trace } from './queries.ts';

const laneHeight = 40;
const top = 16;

const tones: Readonly<Record<string, string>> = {
  delivered: 'good',
  acknowledged: 'good',
  retry: 'warn',
  held: 'warn',
  queued: 'busy',
  released: 'busy',
  rejected: 'bad',
  parked: 'bad',
};

/** A disc went well, a square waits, a lozenge went wrong: not by colour alone. */
const Mark = ({
  x,
  y,
  outcome,
}: {
  readonly x: number;
  readonly y: number;
  readonly outcome: string;
}) => {
  const tone = tones[outcome] ?? 'idle';
  if (tone === 'good' || tone === 'busy')
    return <circle data-tone={tone} className="mark" cx={x} cy={y} r={6} />;
  const turned = tone === 'bad' ? `rotate(45 ${x} ${y})` : undefined;
  return (
    <rect
      data-tone={tone}
      className="mark"
      x={x - 5}
      y={y - 5}
      width={10}
      height={10}
      transform={turned}
    />
  );
};

/** All lanes on one axis of time, from acceptance to the last that happened. Its words stand in the list below it. */
export const Lanes = ({ trace }: { readonly trace: Trace }) => {
  const { t, i18n } = useTranslation('bericht');
  const { lanes, width, startX, spanMs } = lanesOf(trace);
  const words = (dots: readonly Dot[]): string =>
    dots
      .map(({ outcome }) => t(`berichten:outcomes.${outcome}`, { defaultValue: outcome }))
      .join(', ');
  const told = lanes.map(({ target, dots }) => `${target}: ${words(dots)}`).join('; ');
  const height = top + lanes.length * laneHeight + 18;
  return (
    <div className="lanes" tabIndex={0} role="group" aria-label={t('timeline.title')}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('timeline.drawn', { words: told })}
      >
        {lanes.map(({ target, dots }, index) => {
          const y = top + index * laneHeight + 10;
          return (
            <g key={target}>
              <text x={0} y={y + 4}>
                {target.length > 22 ? `${target.slice(0, 21)}…` : target}
              </text>
              <line className="lane-line" x1={startX} x2={dots.at(-1)?.x ?? startX} y1={y} y2={y} />
              <circle className="lane-start" cx={startX} cy={y} r={4} />
              {dots.map((dot) => (
                <Mark key={dot.key} x={dot.x} y={y} outcome={dot.outcome} />
              ))}
            </g>
          );
        })}
        <text className="axis-text" x={startX} y={height - 4}>
          {t('timeline.accepted')}
        </text>
        <text className="axis-text" x={width - 8} y={height - 4} textAnchor="end">
          {t('timeline.after', { time: durationText(spanMs, i18n.language) })}
        </text>
      </svg>
    </div>
  );
};

import { useTranslation } from 'react-i18next';
import type { Drawing, MapFlow } from '../../../map/drawing.ts';
import { BusBox, EmptySide, NodeBox, toneColour } from './boxes.tsx';
import { layOut, thicknessOf, type Line } from './layout.ts';
import { shortened, useFlowWords } from './flow-words.ts';

/** The form says it too: wrong is broken, not tried is dotted. */
const dashOf = (severity: MapFlow['severity']): string | undefined => {
  if (severity === 'bad') return '10 5';
  return severity === 'untried' || severity === 'off' ? '2 5' : undefined;
};

const mostWords = 40;

const arrow = 7;

/** What nobody uses stands back. */
const opacityOf = ({ day, severity }: MapFlow): number =>
  day === 0 && severity !== 'bad' ? 0.45 : 1;

const FlowLine = ({
  line,
  chosen,
  onChoose,
}: {
  readonly line: Line;
  readonly chosen: boolean;
  readonly onChoose: (flow: MapFlow) => void;
}) => {
  const words = useFlowWords();
  const { flow, fromX, toX, y, below } = line;
  const colour = toneColour(flow.severity);
  const thickness = thicknessOf(flow);
  const way = toX > fromX ? 1 : -1;
  const middle = (fromX + toX) / 2;
  const [top, bottom] = words.label(flow);
  const firstY = below ? y + 15 : y - thickness / 2 - 20;
  return (
    <g
      className="map-flow"
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      aria-label={words.sentence(flow)}
      onClick={() => onChoose(flow)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(flow);
      }}
    >
      <rect
        {...{ x: Math.min(fromX, toX), y: below ? y - 6 : y - 36, height: 42 }}
        width={Math.abs(toX - fromX)}
        fill={chosen ? 'var(--accent-soft)' : 'transparent'}
        rx="4"
      />
      <line
        x1={fromX}
        x2={toX - way * arrow}
        {...{ y1: y, y2: y, stroke: colour, strokeWidth: thickness }}
        strokeDasharray={dashOf(flow.severity)}
        opacity={opacityOf(flow)}
      />
      <path
        d={`M ${toX} ${y} l ${-way * (arrow + thickness)} ${-4 - thickness / 2} v ${8 + thickness} z`}
        fill={colour}
        opacity={opacityOf(flow)}
      />
      <text x={middle} y={firstY} textAnchor="middle" fontSize="12" fill="var(--ink)">
        {shortened(top, mostWords)}
      </text>
      <text x={middle} y={firstY + 14} textAnchor="middle" fontSize="11.5" fill="var(--muted)">
        {shortened(bottom, mostWords + 4)}
      </text>
    </g>
  );
};

/** The map itself, in its own measures; colours are names of custom properties, which an export replaces. */
export const Picture = ({
  drawing,
  chosen,
  onChoose,
  viewBox,
}: {
  readonly drawing: Drawing;
  readonly chosen: string | null;
  readonly onChoose: (flow: MapFlow) => void;
  readonly viewBox: string;
}) => {
  const { t } = useTranslation('kaart');
  const { boxes, lines, emptySides } = layOut(drawing);
  return (
    <svg
      className="map-picture"
      viewBox={viewBox}
      role="group"
      aria-label={t('picture')}
      fontFamily="system-ui, 'Segoe UI', Roboto, sans-serif"
    >
      {emptySides.map((side) => (
        <EmptySide key={side.of} side={side} />
      ))}
      {lines.map((line) => (
        <FlowLine
          key={line.flow.id}
          line={line}
          chosen={chosen === line.flow.id}
          onChoose={onChoose}
        />
      ))}
      {boxes.map((box) =>
        box.node.kind === 'bus' ? (
          <BusBox key={box.node.id} box={box} />
        ) : (
          <NodeBox key={box.node.id} box={box} />
        ),
      )}
    </svg>
  );
};

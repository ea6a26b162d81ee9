import { useTranslation } from 'react-i18next';
import type { Drawing, MapFlow } from '../../../map/drawing.ts';
import { toneOf } from '../overzicht/words.ts';
import { layOut, thicknessOf, type Box, type Line } from './layout.ts';
import { shortened, useFlowWords } from './flow-words.ts';

const toneColour = (severity: MapFlow['severity']): string =>
  severity === null || severity === 'fine' ? 'var(--accent)' : `var(--${toneOf[severity]})`;

/** The form says it too: wrong is broken, not tried is dotted. */
const dashOf = (severity: MapFlow['severity']): string | undefined => {
  if (severity === 'bad') return '10 5';
  return severity === 'untried' || severity === 'off' ? '2 5' : undefined;
};

const mostName = 25;
const mostWords = 40;

const Mark = ({ box }: { readonly box: Box }) => {
  const { severity } = box.node;
  if (severity === null) return null;
  const [x, y] = [box.x + box.width - 16, box.y + 18];
  const colour = severity === 'fine' ? 'var(--good)' : toneColour(severity);
  if (severity === 'bad')
    return (
      <rect
        x={x - 4.5}
        y={y - 4.5}
        width="9"
        height="9"
        fill={colour}
        transform={`rotate(45 ${x} ${y})`}
      />
    );
  if (severity === 'attention')
    return <rect x={x - 4.5} y={y - 4.5} width="9" height="9" fill={colour} />;
  const hollow = severity !== 'fine';
  return (
    <circle cx={x} cy={y} r="4.5" fill={hollow ? 'none' : colour} stroke={colour} strokeWidth="2" />
  );
};

const BusBox = ({ box: { node, x, y, width, height } }: { readonly box: Box }) => (
  <g>
    <rect
      {...{ x, y, width, height, rx: 6 }}
      fill="var(--accent-soft)"
      stroke="var(--accent)"
      strokeWidth="1.25"
    />
    <text
      x={x + width / 2}
      y={y + height / 2 + 5}
      textAnchor="middle"
      fontSize="14"
      fontWeight="600"
      fill="var(--accent)"
    >
      {node.name}
    </text>
  </g>
);

const edgeOf = ({ severity }: Box['node']): string =>
  severity === 'bad' || severity === 'attention' ? toneColour(severity) : 'var(--edge)';

const useUnder = ({ name, title, tenants }: Box['node']): string => {
  const { t } = useTranslation('kaart');
  const words = [title, tenants > 1 ? t('tenants', { count: tenants }) : null];
  return words.filter((one) => one !== null && one !== name).join(' · ');
};

const NodeBox = ({ box }: { readonly box: Box }) => {
  const { node, x, y, width, height } = box;
  const under = useUnder(node);
  return (
    <g>
      <title>{`${node.name} ${under}`.trim()}</title>
      <rect
        {...{ x, y, width, height, rx: 6, stroke: edgeOf(node) }}
        fill="var(--surface)"
        strokeWidth="1.25"
        strokeDasharray={node.kind === 'neighbour' ? '5 3' : undefined}
      />
      <text
        x={x + 14}
        y={under === '' ? y + height / 2 + 5 : y + 24}
        fontSize="14"
        fontWeight="600"
        fill="var(--ink)"
      >
        {shortened(node.name, mostName)}
      </text>
      <text x={x + 14} y={y + 42} fontSize="12" fill="var(--muted)">
        {shortened(under, mostName + 8)}
      </text>
      <Mark box={box} />
    </g>
  );
};

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
  const { boxes, lines } = layOut(drawing);
  return (
    <svg
      className="map-picture"
      viewBox={viewBox}
      role="group"
      aria-label={t('picture')}
      fontFamily="system-ui, 'Segoe UI', Roboto, sans-serif"
    >
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

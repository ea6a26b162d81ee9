import { useTranslation } from 'react-i18next';
import type { MapFlow } from '../../../map/drawing.ts';
import { toneOf } from '../overzicht/words.ts';
import { shortened } from './flow-words.ts';
import type { Box, Side } from './layout.ts';

/** Colour of how something is; what is well has that of the bus. */
export const toneColour = (severity: MapFlow['severity']): string =>
  severity === null || severity === 'fine' ? 'var(--accent)' : `var(--${toneOf[severity]})`;

/** Of the widest letters that a name has on average, so that it stays within its box. */
const nameLetter = 8.8;
const underLetter = 7.2;
const inset = 14;
const markWidth = 18;

const fitting = (text: string, letter: number, box: Box): string => {
  const room = box.width - 2 * inset - (box.node.severity === null ? 0 : markWidth);
  return shortened(text, Math.floor(room / letter));
};

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

/** The bus: a bar over the whole height. */
export const BusBox = ({ box: { node, x, y, width, height } }: { readonly box: Box }) => (
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

/** Who sends, or what is coupled, with how it is. */
export const NodeBox = ({ box }: { readonly box: Box }) => {
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
        x={x + inset}
        y={under === '' ? y + height / 2 + 5 : y + 24}
        fontSize="14"
        fontWeight="600"
        fill="var(--ink)"
      >
        {fitting(node.name, nameLetter, box)}
      </text>
      <text x={x + inset} y={y + 42} fontSize="12" fill="var(--muted)">
        {fitting(under, underLetter, box)}
      </text>
      <Mark box={box} />
    </g>
  );
};

/** Says of a side on which nothing stands that this is so. */
export const EmptySide = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation('kaart');
  return (
    <text x={side.x} y={side.y} textAnchor="middle" fontSize="13" fill="var(--muted)">
      {t(side.of === 'senders' ? 'noSenders' : 'noSystems')}
    </text>
  );
};

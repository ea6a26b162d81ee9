import { useTranslation } from 'react-i18next';
import type { Drawing, MapFlow } from '../../../map/drawing.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { useConnectorWords } from '../../parts/connector-words.ts';
import { Count, Duration } from '../../parts/figures.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { toneOf } from '../overzicht/words.ts';
import { typeName } from './flow-words.ts';

const seconds = (value: number | null) => (value === null ? '–' : <Duration ms={value * 1_000} />);

const State = ({ severity }: Pick<MapFlow, 'severity'>) => {
  const { t } = useTranslation('kaart');
  return severity === null ? (
    '–'
  ) : (
    <span>
      <Badge tone={toneOf[severity]}>{t(`severities.${severity}`, { ns: 'overzicht' })}</Badge>
    </span>
  );
};

/** Columns of how much goes over a flow, and how long it takes. */
const useFigureColumns = (): readonly Column<MapFlow>[] => {
  const { t } = useTranslation('kaart');
  return [
    { key: 'day', head: t('columns.day'), number: true, cell: ({ day }) => <Count value={day} /> },
    {
      key: 'month',
      head: t('columns.month'),
      number: true,
      cell: ({ month }) => (month === null ? '–' : <Count value={month} />),
    },
    {
      key: 'p50',
      head: t('columns.p50'),
      number: true,
      cell: ({ p50Seconds }) => seconds(p50Seconds),
    },
    {
      key: 'p95',
      head: t('columns.p95'),
      number: true,
      cell: ({ p95Seconds }) => seconds(p95Seconds),
    },
  ];
};

/** All that the map shows, in rows: for who reads rather than looks, and for a narrow screen. */
export const FlowTable = ({
  drawing,
  onChoose,
}: {
  readonly drawing: Drawing;
  readonly onChoose: (flow: MapFlow) => void;
}) => {
  const { t } = useTranslation('kaart');
  const { carriedBy } = useConnectorWords();
  const nameOf = (id: string): string => drawing.nodes.find((node) => node.id === id)?.name ?? id;
  const columns: readonly Column<MapFlow>[] = [
    {
      key: 'flow',
      head: t('columns.flow'),
      rowHead: true,
      cell: (flow) => (
        <Button kind="quiet" onPress={() => onChoose(flow)}>
          {t('from', { from: nameOf(flow.from), to: nameOf(flow.to) })}
        </Button>
      ),
    },
    {
      key: 'interface',
      head: t('columns.interface'),
      cell: ({ protocol, carries }) => (
        <span>
          {protocol} <span className="fine">{carriedBy(carries)}</span>
        </span>
      ),
    },
    {
      key: 'types',
      head: t('columns.types'),
      cell: ({ types }) => types.map(({ type }) => typeName(type)).join(', ') || '–',
    },
    {
      key: 'state',
      head: t('columns.state'),
      cell: ({ severity }) => <State severity={severity} />,
    },
    ...useFigureColumns(),
  ];
  return (
    <Table label={t('table')} columns={columns} rows={drawing.flows} rowKey={({ id }) => id} />
  );
};

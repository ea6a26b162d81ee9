import { useTranslation } from 'react-i18next';
import type { Drawing, MapFlow, TypeVolume } from '../../../map/drawing.ts';
import type { ToldCause } from '../../../health/overview.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { useConnectorWords } from '../../parts/connector-words.ts';
import { Count } from '../../parts/figures.tsx';
import { Table } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import { Way } from '../overzicht/way.tsx';
import { toneOf, useCauseWords } from '../overzicht/words.ts';
import { typeName, useFlowWords } from './flow-words.ts';

const tenantOf = ({ link }: ToldCause): string => {
  const [path = '', query = ''] = link.split('?');
  return new URLSearchParams(query).get('tenant') ?? path.split('/').at(-1) ?? '';
};

const Causes = ({ flow, alone }: { readonly flow: MapFlow; readonly alone: boolean }) => {
  const { words } = useCauseWords();
  if (flow.causes.length === 0) return null;
  return (
    <ul className="flow-causes">
      {flow.causes.map((cause) => (
        <li key={`${cause.link} ${cause.code}`} data-tone={toneOf[cause.severity]}>
          <Way link={cause.link}>
            {!alone && <strong>{tenantOf(cause)} </strong>}
            {words(cause)}
          </Way>
        </li>
      ))}
    </ul>
  );
};

/** Each type of a flow with its messages; a type leads to them. */
const FlowTypes = ({ drawing, flow }: { readonly drawing: Drawing; readonly flow: MapFlow }) => {
  const { t } = useTranslation('kaart');
  const messages = ({ type }: TypeVolume) => ({
    type,
    ...(drawing.tenant && { tenant: drawing.tenant.id }),
  });
  return (
    <Table
      label={t('types')}
      rows={flow.types}
      rowKey={({ type }) => type}
      columns={[
        {
          key: 'type',
          head: t('columns.type'),
          rowHead: true,
          cell: (row) => (
            <To path="/berichten" query={messages(row)}>
              {typeName(row.type)}
            </To>
          ),
        },
        {
          key: 'day',
          head: t('columns.day'),
          number: true,
          cell: ({ day }) => <Count value={day} />,
        },
        {
          key: 'month',
          head: t('columns.month'),
          number: true,
          cell: ({ month }) => (month === null ? '–' : <Count value={month} />),
        },
      ]}
    />
  );
};

/** What is known of one flow: its interface, state and causes, and each type with its messages. */
export const FlowDetail = ({
  drawing,
  flow,
  onClose,
}: {
  readonly drawing: Drawing;
  readonly flow: MapFlow;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('kaart');
  const words = useFlowWords();
  const { carriedBy } = useConnectorWords();
  const nameOf = (id: string): string => drawing.nodes.find((node) => node.id === id)?.name ?? id;
  return (
    <aside className="card flow-detail" aria-label={t('detail')}>
      <header className="section-head">
        <h2>{t('from', { from: nameOf(flow.from), to: nameOf(flow.to) })}</h2>
        <Button kind="quiet" label={t('close', { ns: 'parts' })} onPress={onClose}>
          <span aria-hidden="true">✕</span>
        </Button>
      </header>
      <p>
        <strong>{flow.protocol}</strong>
        {flow.carries !== '' && `: ${carriedBy(flow.carries)}`}
      </p>
      {flow.severity !== null && (
        <p>
          <Badge tone={toneOf[flow.severity]}>
            {t(`severities.${flow.severity}`, { ns: 'overzicht' })}
          </Badge>
        </p>
      )}
      <Causes flow={flow} alone={drawing.tenant !== null} />
      <p className="fine">{[words.volume(flow), words.delay(flow)].filter(Boolean).join(' · ')}</p>
      {flow.types.length > 0 && <FlowTypes drawing={drawing} flow={flow} />}
    </aside>
  );
};

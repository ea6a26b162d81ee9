import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { Page as Frame } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import { Acts } from './acts.tsx';
import { HoldAny } from './hold-dialogs.tsx';
import { lineText } from './line-text.ts';
import { useLines, type LineStanding } from './queries.ts';
import { States, Why } from './state.tsx';
import './wachtend.css';

const Waits = ({ line }: { readonly line: LineStanding }) => {
  const { t } = useTranslation('wachtend');
  const status = line.held > 0 && line.waiting === 0 ? 'held' : 'waiting';
  return (
    <>
      {line.waiting > 0 && <p>{t('waitingCount', { count: line.waiting })}</p>}
      {line.held > 0 && <p>{t('heldCount', { count: line.held })}</p>}
      {line.waiting + line.held > 0 && (
        <To path="/berichten" query={{ tenant: line.tenant, status }}>
          {t('toMessages')}
        </To>
      )}
    </>
  );
};

const useColumns = (acts: boolean): readonly Column<LineStanding>[] => {
  const { t } = useTranslation('wachtend');
  return [
    {
      key: 'line',
      head: t('columns.line'),
      rowHead: true,
      cell: (line) => (
        <>
          {lineText(line)}
          {line.connector !== null && line.connector !== line.target && (
            <p className="fine">{line.connector}</p>
          )}
        </>
      ),
    },
    { key: 'state', head: t('columns.state'), cell: (line) => <States line={line} /> },
    { key: 'why', head: t('columns.why'), cell: (line) => <Why line={line} /> },
    { key: 'waits', head: t('columns.waits'), cell: (line) => <Waits line={line} /> },
    ...(acts
      ? [
          {
            key: 'acts',
            head: t('columns.acts'),
            cell: (line: LineStanding) =>
              line.connector !== null || line.hold ? <Acts line={line} /> : null,
          },
        ]
      : []),
  ];
};

/** What waits and for when, what is held by whom and why, which systems do not answer; and what can be done about it. */
export const Page = () => {
  const { t } = useTranslation('wachtend');
  const acts = useMay('act');
  const [holding, setHolding] = useState(false);
  const columns = useColumns(acts);
  return (
    <Frame
      title={t('title')}
      lead={t('lead')}
      actions={acts && <Button onPress={() => setHolding(true)}>{t('hold.any')}</Button>}
    >
      <Answer query={useLines()}>
        {(lines) =>
          lines.length === 0 ? (
            <Empty title={t('none.title')}>{t('none.words')}</Empty>
          ) : (
            <Table label={t('lines')} columns={columns} rows={lines} rowKey={lineText} />
          )
        }
      </Answer>
      {holding && <HoldAny onClose={() => setHolding(false)} />}
    </Frame>
  );
};

import { useTranslation } from 'react-i18next';
import { Count } from '../../parts/figures.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import type { OneTenant } from './queries.ts';
import { Availability, Critical } from './service.tsx';
import { Bytes } from './words.tsx';

type Line = OneTenant['lines'][number];

const Calls = ({ calls }: Pick<Line, 'calls'>) => {
  const { t } = useTranslation('gebruik');
  const classes = Object.entries(calls);
  if (classes.length === 0) return '–';
  return (
    <ul className="calls">
      {classes.map(([status, count]) => (
        <li key={status}>
          <span className="fine">{t(`calls.${status}`, { defaultValue: status })}</span>{' '}
          <Count value={count} />
        </li>
      ))}
    </ul>
  );
};

/** Each connector instance of a tenant in a row. */
export const Lines = ({ lines }: Pick<OneTenant, 'lines'>) => {
  const { t } = useTranslation('gebruik');
  const count = (key: 'delivered' | 'retries' | 'discarded'): Column<Line> => ({
    ...{ key, head: t(key), number: true },
    cell: (line) => <Count value={line[key]} />,
  });
  const columns: Column<Line>[] = [
    {
      ...{ key: 'target', head: t('connector'), rowHead: true },
      cell: ({ target, connector }) => (connector === null ? `${target} (${t('gone')})` : target),
    },
    count('delivered'),
    {
      ...{ key: 'failed', head: t('failed'), number: true },
      cell: ({ rejected, parked, expired }) => <Count value={rejected + parked + expired} />,
    },
    count('retries'),
    {
      ...{ key: 'bytes', head: t('bytesOut'), number: true },
      cell: ({ bytesOut }) => <Bytes value={bytesOut} />,
    },
    { key: 'calls', head: t('callsTo'), cell: ({ calls: made }) => <Calls calls={made} /> },
    { key: 'availability', head: t('availability'), cell: (line) => <Availability {...line} /> },
    { key: 'critical', head: t('critical'), cell: (line) => <Critical {...line} /> },
  ];
  return (
    <Table label={t('lines')} columns={columns} rows={lines} rowKey={({ target }) => target} />
  );
};

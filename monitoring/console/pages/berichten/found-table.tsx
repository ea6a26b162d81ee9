import { useTranslation } from 'react-i18next';
import type { Found } from '../../../messages/search.ts';
import { Status } from '../../parts/badge.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useTenants } from '../../parts/tenant-picker.tsx';
import { To } from '../../parts/to.tsx';
import { useTypeName } from './queries.ts';

type Message = Found['messages'][number];

const Targets = ({ targets }: Pick<Message, 'targets'>) => (
  <ul className="at-targets">
    {targets.map(({ target, status, externalId }) => (
      <li key={target}>
        <span>{target}</span> <Status status={status} />
        {externalId !== null && <code>{externalId}</code>}
      </li>
    ))}
  </ul>
);

const useColumns = (): readonly Column<Message>[] => {
  const { t, i18n } = useTranslation('berichten');
  const { data: tenants = [] } = useTenants();
  const nameOf = useTypeName();
  return [
    {
      key: 'type',
      head: t('columns.message'),
      rowHead: true,
      cell: ({ tenant, id, type, senderId }) => (
        <div className="found-name">
          <To path="/berichten/$tenant/$id" params={{ tenant, id }}>
            {nameOf(type, i18n.language)}
          </To>
          <p className="fine">
            <code>{senderId}</code>
          </p>
        </div>
      ),
    },
    {
      key: 'at',
      head: t('columns.acceptedAt'),
      cell: ({ acceptedAt }) => <Moment at={acceptedAt} />,
    },
    {
      key: 'tenant',
      head: t('parts:tenant'),
      cell: ({ tenant }) => (
        <span className="found-tenant">
          {tenants.find(({ id }) => id === tenant)?.name ?? tenant}
        </span>
      ),
    },
    {
      key: 'status',
      head: t('columns.status'),
      cell: ({ status }) => <Status status={status} />,
    },
    {
      key: 'targets',
      head: t('columns.targets'),
      cell: ({ targets }) => (targets.length === 0 ? t('noTarget') : <Targets targets={targets} />),
    },
    {
      key: 'subject',
      head: t('columns.subject'),
      cell: ({ subject }) => (
        <span className="iri" title={subject}>
          {subject}
        </span>
      ),
    },
  ];
};

/** What was found, newest first. */
export const FoundTable = ({
  pages,
  more,
}: {
  readonly pages: readonly Found[];
  readonly more: {
    readonly load: () => void;
    readonly busy: boolean;
    readonly words: string;
  } | null;
}) => {
  const { t } = useTranslation('berichten');
  return (
    <Table
      label={t('title')}
      columns={useColumns()}
      rows={pages.flatMap(({ messages }) => messages)}
      rowKey={({ tenant, id }) => `${tenant}/${id}`}
      more={more}
    />
  );
};

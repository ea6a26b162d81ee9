import { useTranslation } from 'react-i18next';
import type { ParkedGroup } from '../../../operators/parked/groups.ts';
import { Badge } from '../../parts/badge.tsx';
import { Count, Moment } from '../../parts/figures.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { Answer, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { TenantPicker } from '../../parts/tenant-picker.tsx';
import { To } from '../../parts/to.tsx';
import { Orders } from './orders.tsx';
import { useGroups } from './queries.ts';
import { Trend } from './trend.tsx';

const mostTenants = 3;

const Cause = ({ group, tenant }: { readonly group: ParkedGroup; readonly tenant: string }) => {
  const { t } = useTranslation('geparkeerd');
  return (
    <>
      <To path="/geparkeerd" query={{ group: group.group, tenant: tenant || undefined }}>
        {group.cause || t('noWords')}
      </To>
      <p className="row fine">
        <Badge tone="bad">{group.code}</Badge> {group.connector}
      </p>
    </>
  );
};

const Tenants = ({ tenants }: Pick<ParkedGroup, 'tenants'>) => {
  const { t } = useTranslation('geparkeerd');
  const more = tenants.length - mostTenants;
  return (
    <ul className="bare">
      {tenants.slice(0, mostTenants).map(({ tenant, count }) => (
        <li key={tenant}>
          {tenant} <span className="fine">{count}</span>
        </li>
      ))}
      {more > 0 && <li className="fine">{t('moreTenants', { count: more })}</li>}
    </ul>
  );
};

const useColumns = (tenant: string): readonly Column<ParkedGroup>[] => {
  const { t } = useTranslation('geparkeerd');
  return [
    {
      key: 'cause',
      head: t('columns.cause'),
      rowHead: true,
      cell: (group) => <Cause group={group} tenant={tenant} />,
    },
    {
      key: 'count',
      head: t('columns.messages'),
      number: true,
      cell: ({ count, lastHour }) => (
        <>
          <strong>
            <Count value={count} />
          </strong>
          {lastHour > 0 && <p className="fine">{t('lastHour', { count: lastHour })}</p>}
        </>
      ),
    },
    {
      key: 'trend',
      head: t('columns.trend'),
      cell: ({ perDay }) => <Trend perDay={perDay} />,
    },
    {
      key: 'tenants',
      head: t('columns.tenants'),
      cell: ({ tenants }) => <Tenants tenants={tenants} />,
    },
    {
      key: 'since',
      head: t('columns.since'),
      cell: ({ oldestAt, newestAt }) => (
        <div className="since">
          <Moment at={oldestAt} ago />
          <p className="fine">
            {t('newest')} <Moment at={newestAt} ago />
          </p>
        </div>
      ),
    },
  ];
};

/** What is parked, by cause, and what was ordered about it last. */
export const Groups = () => {
  const { t } = useTranslation('geparkeerd');
  const [{ tenant = '' }, change] = useQueryPlace();
  const groups = useGroups({ tenant });
  const columns = useColumns(tenant);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="filters parked-filters">
        <TenantPicker value={tenant} onChange={(next) => change({ tenant: next })} />
      </div>
      <Section title={t('groups')}>
        <Answer query={groups}>
          {(found) =>
            found.length === 0 ? (
              <Empty title={t('none.title')}>{t('none.words')}</Empty>
            ) : (
              <Table
                label={t('groups')}
                columns={columns}
                rows={found}
                rowKey={({ group }) => group}
              />
            )
          }
        </Answer>
      </Section>
      <Orders />
    </Page>
  );
};

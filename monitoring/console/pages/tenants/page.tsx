import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { Field } from '../../parts/field.tsx';
import { Page as Frame } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { useTenants } from '../../parts/tenant-picker.tsx';
import { To } from '../../parts/to.tsx';

type Named = NonNullable<ReturnType<typeof useTenants>['data']>[number];

const TenantTable = ({ tenants }: { readonly tenants: readonly Named[] }) => {
  const { t } = useTranslation('tenants');
  if (tenants.length === 0) return <Empty title={t('notFound')} />;
  return (
    <Table
      label={t('name')}
      rows={tenants}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          head: t('tenant'),
          rowHead: true,
          cell: ({ id, name }) => (
            <To path="/tenants/$tenant" params={{ tenant: id }}>
              {name}
            </To>
          ),
        },
        { key: 'id', head: t('id'), cell: ({ id }) => <code>{id}</code> },
      ]}
    />
  );
};

/** Every tenant that is reached, to go to its settings; and the way to a new one. */
export const Page = () => {
  const { t } = useTranslation('tenants');
  const { person } = useSession();
  const [search, setSearch] = useState('');
  const query = useTenants();
  const mayAdd = person.tenants === null && person.roles.includes('operator');
  const found = (text: string): boolean => text.toLowerCase().includes(search.trim().toLowerCase());
  return (
    <Frame
      title={t('name')}
      lead={t('lead')}
      actions={
        mayAdd && (
          <To className="button" path="/inrichten">
            {t('add')}
          </To>
        )
      }
    >
      <Answer query={query}>
        {(tenants) => (
          <>
            {tenants.length > 8 && (
              <Field name={t('search')} type="search" value={search} onChange={setSearch} />
            )}
            {tenants.length === 0 ? (
              <Empty title={t('none')}>{mayAdd && t('noneHint')}</Empty>
            ) : (
              <TenantTable tenants={tenants.filter(({ id, name }) => found(id) || found(name))} />
            )}
          </>
        )}
      </Answer>
    </Frame>
  );
};

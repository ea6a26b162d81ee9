import { useTranslation } from 'react-i18next';
import { Count } from '../../parts/figures.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import type { TenantRow, Usage } from './queries.ts';
import { Availability, Critical } from './service.tsx';
import { Bytes, Money } from './words.tsx';

/** Each tenant in a row; its name leads to its own lines. */
export const Tenants = ({ usage }: { readonly usage: Usage }) => {
  const { t } = useTranslation('gebruik');
  const { currency, month } = usage;
  const count = (key: 'accepted' | 'delivered', head: string): Column<TenantRow> => ({
    ...{ key, head, number: true },
    cell: (row) => <Count value={row[key]} />,
  });
  const columns: Column<TenantRow>[] = [
    {
      ...{ key: 'name', head: t('tenant'), rowHead: true },
      cell: ({ tenant, name }) => (
        <To path="/gebruik" query={{ month, tenant }}>
          {name}
        </To>
      ),
    },
    count('accepted', t('accepted')),
    count('delivered', t('delivered')),
    {
      ...{ key: 'failed', head: t('failed'), number: true },
      cell: ({ rejected, parked, expired }) => <Count value={rejected + parked + expired} />,
    },
    {
      ...{ key: 'moved', head: t('moved'), number: true },
      cell: ({ bytesIn, bytesOut }) => <Bytes value={bytesIn + bytesOut} />,
    },
    {
      ...{ key: 'stored', head: t('stored'), number: true },
      cell: ({ storedBytes }) => <Bytes value={storedBytes} />,
    },
    { key: 'availability', head: t('availability'), cell: (row) => <Availability {...row} /> },
    { key: 'critical', head: t('critical'), cell: (row) => <Critical {...row} /> },
  ];
  if (currency !== null)
    columns.push({
      ...{ key: 'cost', head: t('cost'), number: true },
      cell: ({ cost }) => <Money cents={cost?.totalCents ?? 0} currency={currency} />,
    });
  return (
    <Table
      label={t('tenants')}
      columns={columns}
      rows={usage.tenants}
      rowKey={({ tenant }) => tenant}
    />
  );
};

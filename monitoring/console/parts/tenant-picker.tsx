import { queryOptions, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { TenantNames } from '../../operators/overview.ts';
import { get } from '../api/ask.ts';
import { useSession } from '../api/session.ts';

const namesQuery = queryOptions({
  queryKey: ['tenants', 'names'],
  queryFn: ({ signal }) => get<{ readonly tenants: readonly TenantNames[] }>('names', signal),
  staleTime: 60_000,
});

/** The tenants that whoever is signed in reaches, by name. */
export const useTenants = () => useQuery({ ...namesQuery, select: ({ tenants }) => tenants });

/** The connector instances of a tenant, by name. */
export const useInstances = (tenant: string) =>
  useQuery({
    ...namesQuery,
    select: ({ tenants }) => tenants.find(({ id }) => id === tenant)?.targets ?? [],
  });

/** A tenant, or all of those that are reached (the empty text). Nothing where there is only one to choose. */
export const TenantPicker = ({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (tenant: string) => void;
}) => {
  const { t } = useTranslation('parts');
  const id = useId();
  const { person } = useSession();
  const { data = [] } = useTenants();
  if (person.tenants?.length === 1) return null;
  return (
    <div className="field">
      <label className="field-name" htmlFor={id}>
        {t('tenant')}
      </label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{t('allTenants')}</option>
        {data.map((tenant) => (
          <option key={tenant.id} value={tenant.id}>
            {tenant.name}
          </option>
        ))}
        {value !== '' && data.every((tenant) => tenant.id !== value) && (
          <option value={value}>{value}</option>
        )}
      </select>
    </div>
  );
};

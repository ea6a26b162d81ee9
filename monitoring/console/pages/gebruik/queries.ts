import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Usage } from '../../../usage/usage.ts';
import { get, queryOf } from '../../api/ask.ts';

export type { Usage };
export type OneTenant = NonNullable<Usage['one']>;
export type TenantRow = Usage['tenants'][number];

/** What was used in a month; of one tenant where it is named. */
export const useUsage = (month: string, tenant: string | undefined) =>
  useQuery({
    queryKey: ['usage', month, tenant],
    queryFn: ({ signal }) => get<Usage>(`usage${queryOf({ month, tenant })}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

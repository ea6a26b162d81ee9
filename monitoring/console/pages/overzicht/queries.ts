import { useQuery } from '@tanstack/react-query';
import type { Change } from '../../../health/changes.ts';
import type { Figures, Overview, TenantOverview } from '../../../health/overview.ts';
import { get, queryOf } from '../../api/ask.ts';

/** Hints tell of most changes; what only time changes is asked for as well. */
const everyMs = 10_000;

/** Every tenant that is reached, with its health. */
export const useOverview = () =>
  useQuery({
    queryKey: ['tenants', 'overview'],
    queryFn: ({ signal }) => get<Overview>('overview', signal),
    refetchInterval: everyMs,
  });

/** One tenant, line by line. */
export const useTenantOverview = (tenant: string) =>
  useQuery({
    queryKey: ['tenants', 'overview', tenant],
    queryFn: ({ signal }) => get<TenantOverview>(`overview/${encodeURIComponent(tenant)}`, signal),
    refetchInterval: everyMs,
  });

/** How much there is of everything; with each message another. `usage`: for those who see nothing else. */
export const useFigures = (usage = false) =>
  useQuery({
    queryKey: ['messages', 'figures', usage],
    queryFn: ({ signal }) => get<Figures>(usage ? 'totals' : 'figures', signal),
    refetchInterval: everyMs,
  });

/** What changed in the last hour, of all or of one tenant. */
export const useChanges = (tenant?: string) =>
  useQuery({
    queryKey: ['tenants', 'changes', tenant ?? ''],
    queryFn: ({ signal }) =>
      get<{ readonly changes: readonly Change[] }>(`changes${queryOf({ tenant })}`, signal),
    refetchInterval: everyMs,
    select: ({ changes }) => changes,
  });

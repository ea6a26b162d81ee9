import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Change } from '../../../health/changes.ts';
import type { Figures, Overview, TenantOverview } from '../../../health/overview.ts';
import { get, queryOf } from '../../api/ask.ts';
import type { LiveSession } from '../../api/session.ts';
import type { ConsolePage } from '../../pages.ts';

/** Hints tell of most changes; what only time changes is asked for as well. */
const everyMs = 10_000;

const overviewQuery = queryOptions({
  queryKey: ['tenants', 'overview'],
  queryFn: ({ signal }) => get<Overview>('overview', signal),
  refetchInterval: everyMs,
});

/** Every tenant that is reached, with its health. */
export const useOverview = () => useQuery(overviewQuery);

/** One tenant, line by line. */
export const useTenantOverview = (tenant: string) =>
  useQuery({
    queryKey: ['tenants', 'overview', tenant],
    queryFn: ({ signal }) => get<TenantOverview>(`overview/${encodeURIComponent(tenant)}`, signal),
    refetchInterval: everyMs,
  });

const figuresQuery = (usage: boolean) =>
  queryOptions({
    queryKey: ['messages', 'figures', usage],
    queryFn: ({ signal }) => get<Figures>(usage ? 'totals' : 'figures', signal),
    refetchInterval: everyMs,
  });

/** How much there is of everything; with each message another. `usage`: for those who see nothing else. */
export const useFigures = (usage = false) => useQuery(figuresQuery(usage));

const changesQuery = (tenant?: string) =>
  queryOptions({
    queryKey: ['tenants', 'changes', tenant ?? ''],
    queryFn: ({ signal }) =>
      get<{ readonly changes: readonly Change[] }>(`changes${queryOf({ tenant })}`, signal),
    refetchInterval: everyMs,
    select: ({ changes }) => changes,
  });

/** What changed in the last hour, of all or of one tenant. */
export const useChanges = (tenant?: string) => useQuery(changesQuery(tenant));

/** Which tenant the overview shows alone: the one of the address, or the only one that is reached; undefined for all. */
export const tenantShown = (
  { person }: LiveSession,
  { tenant }: { readonly tenant?: string | undefined },
): string | undefined => tenant ?? (person.tenants?.length === 1 ? person.tenants[0] : undefined);

/** Asks for what the overview of all shows, before its program is there. */
export const askOverview: NonNullable<ConsolePage['ask']> = async (client, session, place) => {
  if (!session.rights.includes('see') || tenantShown(session, place) !== undefined) return;
  await Promise.all([
    client.query(overviewQuery),
    client.query(figuresQuery(false)),
    client.query(changesQuery()),
  ]);
};

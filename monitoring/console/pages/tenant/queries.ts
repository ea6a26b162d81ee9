import { useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ConnectorView,
  CredentialView,
  GivenSecrets,
  Planned,
  Saved,
  TenantView,
  TrialAnswer,
  TypeView,
} from '../../../tenants/shown.ts';
import { get, post, put } from '../../api/ask.ts';

export type {
  ConnectorView,
  CredentialView,
  GivenSecrets,
  Planned,
  Saved,
  TenantView,
  TrialAnswer,
};

export type Declaration = TenantView['declaration'];
export type Route = NonNullable<Declaration['routes']>[number];

/** What somebody wants a tenant to be, and from where it was read. */
export interface Wish {
  readonly tenant: string;
  readonly version: number;
  readonly declaration: Declaration;
  readonly secrets: GivenSecrets;
}

/** A tenant as it is declared. */
export const useTenant = (tenant: string) =>
  useQuery({
    queryKey: ['tenants', 'declaration', tenant],
    queryFn: ({ signal }) => get<TenantView>(`tenants/${tenant}/declaration`, signal),
    enabled: tenant !== '',
  });

/** The applications of a tenant. */
export const useApplications = (tenant: string) =>
  useQuery({
    queryKey: ['tenants', 'credentials', tenant],
    queryFn: ({ signal }) =>
      get<{ readonly credentials: readonly CredentialView[] }>(
        `tenants/${tenant}/credentials`,
        signal,
      ),
  });

/** One change as it was recorded. */
export interface Change {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly via: string;
  readonly reason: string;
  readonly words: readonly string[];
}

/** What was changed of a tenant, newest first. */
export const useChanges = (tenant: string) =>
  useQuery({
    queryKey: ['tenants', 'changes', tenant],
    queryFn: ({ signal }) =>
      get<{ readonly changes: readonly Change[] }>(`tenants/${tenant}/changes`, signal),
  });

/** What can be coupled and routed; the same as long as the program is. */
export const useCatalogue = () =>
  useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) =>
      get<{ readonly connectors: readonly ConnectorView[]; readonly types: readonly TypeView[] }>(
        'catalogue',
        signal,
      ),
    staleTime: Infinity,
  });

/** What a wish would change. Throws `ApiProblem`. */
export const planWish = ({ tenant, ...body }: Wish): Promise<Planned> =>
  post<Planned>(`tenants/${tenant}/declaration/plans`, body);

/** Saves it. Throws `ApiProblem`. */
export const saveWish = (
  { tenant, ...body }: Wish,
  more: { readonly reason: string; readonly leaveBehind: boolean },
): Promise<Saved> => put<Saved>(`tenants/${tenant}/declaration`, { ...body, ...more });

/** Asks again all that is shown of tenants. */
export const useTenantsAgain = (): (() => Promise<void>) => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['tenants'] });
};

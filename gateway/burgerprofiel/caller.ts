import { Refusal } from '#intake/refusal.js';
import type { Log } from '#runtime/log.js';
import type { Burgerprofiel } from '#tenants/burgerprofiel/schema.js';
import type { Directory, Tenant } from '#tenants/directory.js';
import { bearerOf, unauthorized, type Access } from '../access/access.js';
import type { Client } from '../access/client.js';

/** The interfaces that Mijn Burgerprofiel calls, each with a scope of its own. */
export type Interface = 'meldingen' | 'attesten' | 'forms';

/** ACM/IDM gives it to whom may submit meldingen. */
const scopeOfMeldingen = 'dv_mbp_incidents';

export interface CallerParts {
  readonly directory: () => Directory;
  /** The client that this issuer gave the token to; null where the token is not valid. */
  readonly clientOf: (token: string, issuer: string) => Promise<Client | null>;
  /** Counts a request of the tenant; throws 429. */
  readonly count: (tenant: Tenant) => Promise<void>;
  readonly log: Pick<Log, 'info'>;
}

/** The source of what enters through these doors. */
export const sourceOf = ({ id }: Pick<Tenant, 'id'>): string => `urn:lb:${id}:burgerprofiel`;

const scopeOf = (declared: Burgerprofiel, of: Interface): string | undefined => {
  if (of !== 'meldingen') return declared[of]?.scope;
  return declared.meldingen && (declared.meldingen.scope ?? scopeOfMeldingen);
};

/** What Mijn Burgerprofiel may do here, as if it were a credential of the tenant. */
const accessOf = (tenant: Tenant, { meldingen }: Burgerprofiel): Access => ({
  tenant,
  credential: {
    tenant: tenant.id,
    name: 'burgerprofiel',
    sources: [sourceOf(tenant)],
    types: ['*'],
    postvakken: [],
    system: meldingen?.system ?? null,
    expiresAt: null,
  },
});

const forbidden = (variant: 'client' | 'scope', scope = ''): Refusal =>
  new Refusal('forbidden', 403, { params: { variant, scope } });

/**
 * Tells whether a caller is the Mijn Burgerprofiel of this tenant, for this interface. Throws 404 where the tenant does not
 * offer it, 401 for a token that its issuer does not know, 403 for another client or scope, 429, or 503 while the issuer
 * cannot be asked.
 */
export const createBurgerprofielAdmission =
  ({ directory, clientOf, count, log }: CallerParts) =>
  async (authorization: string | undefined, tenantId: string, of: Interface): Promise<Access> => {
    const token = bearerOf(authorization);
    const tenant = directory().tenants.get(tenantId);
    const declared = tenant?.burgerprofiel;
    const scope = declared && scopeOf(declared, of);
    if (!declared || !scope) throw new Refusal('not-found', 404);
    const client = await clientOf(token, declared.issuer);
    if (!client) throw unauthorized('invalid');
    const { clientId, scopes } = client;
    if (!declared.clients.includes(clientId)) {
      log.info(
        { tenant: tenant.id, clientId },
        'a client that burgerprofiel.clients does not name',
      );
      throw forbidden('client');
    }
    await count(tenant);
    if (!scopes.includes(scope)) throw forbidden('scope', scope);
    return accessOf(tenant, declared);
  };

export type BurgerprofielAdmission = ReturnType<typeof createBurgerprofielAdmission>;

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SecureContext } from 'node:tls';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';

const pooled = { keepAlive: true, maxFreeSockets: 32 };

/** Ranges that the filter's own list takes for public. */
const alsoPrivate = [
  '64:ff9b:1::/48',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '198.18.0.0/15',
  '2001::/23',
  '3fff::/20',
];

const open = { httpAgent: new HttpAgent(pooled), httpsAgent: new HttpsAgent(pooled) };

const filtering = { ...pooled, denyIPAddressList: alsoPrivate };
const guarded = {
  httpAgent: new RequestFilteringHttpAgent(filtering),
  httpsAgent: new RequestFilteringHttpsAgent(filtering),
};

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/**
 * Connections that are kept alive, shared by all clients of the process except those that show a certificate of their own. The
 * guarded ones look at the address that is connected to, after the name was resolved, and refuse whatever is not public unicast.
 */
export const agentsFor = (mayBePrivate: boolean, secureContext?: SecureContext): Agents => {
  const shared = mayBePrivate ? open : guarded;
  if (!secureContext) return shared;
  const httpsAgent = mayBePrivate
    ? new HttpsAgent({ ...pooled, secureContext })
    : new RequestFilteringHttpsAgent({ ...filtering, secureContext });
  return { ...shared, httpsAgent };
};

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions as HttpsAgentOptions } from 'node:https';
import type { SecureContext } from 'node:tls';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { noting } from './kept-connection.js';

/** As many are kept as one system is asked at the same time by one process: opening one costs more than a request. */
const pooled = { keepAlive: true, maxFreeSockets: 64, keepAliveMsecs: 60_000 };

/** Ranges that the filter's own list takes for public. */
const alsoPrivate = [
  '64:ff9b:1::/48',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '198.18.0.0/15',
  '2001::/23',
  '3fff::/20',
];

/** Where a request goes out: over connections that are kept alive, or over one of its own. */
interface Ways {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

export interface Agents extends Ways {
  /** Over no connection that was there before. */
  readonly anew: Ways;
}

const filtering = { denyIPAddressList: alsoPrivate };

const openWays = (options: HttpsAgentOptions): Ways => ({
  httpAgent: noting(new HttpAgent(options)),
  httpsAgent: noting(new HttpsAgent(options)),
});

const guardedWays = (options: HttpsAgentOptions): Ways => ({
  httpAgent: noting(new RequestFilteringHttpAgent({ ...filtering, ...options })),
  httpsAgent: noting(new RequestFilteringHttpsAgent({ ...filtering, ...options })),
});

const agentsOf = (ways: typeof openWays, options: HttpsAgentOptions = {}): Agents => ({
  ...ways({ ...pooled, ...options }),
  anew: ways({ ...options, keepAlive: false }),
});

const open = agentsOf(openWays);
const guarded = agentsOf(guardedWays);

/**
 * Connections that are kept alive, shared by all clients of the process except those that show a certificate of their own. The
 * guarded ones look at the address that is connected to, after the name was resolved, and refuse whatever is not public unicast.
 */
export const agentsFor = (mayBePrivate: boolean, secureContext?: SecureContext): Agents => {
  if (!secureContext) return mayBePrivate ? open : guarded;
  return agentsOf(mayBePrivate ? openWays : guardedWays, { secureContext });
};

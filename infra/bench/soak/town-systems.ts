import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { discoverConnectors } from '#kit/discover.js';
import { startSimulator, type Simulator } from '#kit/simulator-host.js';
import { townConnectors, type Town, type TownConnector, type TownSettings } from './towns.js';

/** For whom the issuer gives its tokens. */
export const audience = 'urn:lb-bus:gateway';

/** The token with which Mijn Burgerprofiel submits. */
export const meldingenToken = 'meldingen-of-mijn-burgerprofiel';

/** The systems of the towns, and the issuer that tells the gateway who Mijn Burgerprofiel is: all in this process. */
export interface TownSystems {
  readonly origin: string;
  readonly of: (connector: TownConnector) => Simulator;
  readonly settingsOf: TownSettings;
  readonly close: () => Promise<void>;
}

const issuerPath = '/op';

/** As RFC 7662 has it; knows one token. */
const introspect = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const token = new URLSearchParams(await text(incoming)).get('token');
  const known = {
    active: true,
    client_id: 'mijn-burgerprofiel',
    aud: audience,
    exp: Math.floor(Date.now() / 1_000) + 600,
    scope: 'openid dv_mbp_incidents',
  };
  outgoing.setHeader('content-type', 'application/json');
  outgoing.end(JSON.stringify(token === meldingenToken ? known : { active: false }));
};

/** What `LBBUS_ISSUERS_FILE` says of the issuer at this origin; its secret lies in the file `issuer-secret` beside it. */
export const issuersAt = (origin: string): object[] => [
  {
    issuer: `${origin}${issuerPath}`,
    audience,
    algorithms: ['RS256'],
    jwksUri: `${origin}${issuerPath}/jwks`,
    introspection: {
      url: `${origin}${issuerPath}/introspect`,
      clientId: 'gateway',
      clientSecretFile: 'issuer-secret',
    },
  },
];

/** Starts them, with an account in each for each town. */
export const startTownSystems = async (towns: readonly Town[]): Promise<TownSystems> => {
  const simulators = new Map<string, Simulator>();
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const [, first = ''] = (incoming.url ?? '/').split(/[/?]/);
    if (`/${first}` === issuerPath) return introspect(incoming, outgoing);
    incoming.url = (incoming.url ?? '/').slice(first.length + 1);
    simulators.get(first)?.handle(incoming, outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connectors = await discoverConnectors();
  const accounts = towns.map(({ id, secret }) => ({ name: id, secret }));
  for (const id of townConnectors) {
    const simulator = connectors.get(id)?.simulator;
    if (!simulator) throw new Error(`${id} has no simulator`);
    simulators.set(id, await startSimulator(simulator, { accounts, address: `${origin}/${id}` }));
  }
  const of = (connector: TownConnector): Simulator => {
    const simulator = simulators.get(connector);
    if (!simulator) throw new Error(`${connector} was not started`);
    return simulator;
  };
  return {
    origin,
    of,
    settingsOf: (connector, { id }) => of(connector).settings(id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

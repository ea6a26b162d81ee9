import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './definition.js';
import { administer } from './simulator-admin.js';
import { cut } from './simulator-faults.js';
import { readRequest, writeAnswer } from './simulator-request.js';
import { createWorld } from './simulator-world.js';
import type { World } from './simulator-world.js';
import type { Account, Fault, LedgerEntry, SimulatorDefinition } from './simulator.js';

/** A running simulator: the environments of several tenants behind one address. */
export interface Simulator {
  readonly title: string;
  readonly accounts: readonly string[];
  /** Address of one account: what the connector is pointed at. */
  readonly baseUrl: (account: string) => string;
  readonly settings: (account: string) => Record<string, unknown>;
  readonly state: (account: string) => Json;
  readonly effects: (account: string) => readonly Json[];
  readonly drive: (account: string, driver: string, input: Json) => Json;
  readonly fault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** Every request since the start or the last `clearRequests`, oldest first; at least the last 10,000. */
  readonly requests: (account?: string) => LedgerEntry[];
  readonly clearRequests: () => void;
  readonly close: () => Promise<void>;
}

export interface SimulatorOptions {
  readonly accounts: readonly Account[];
  /** 0 takes a free port. */
  readonly port?: number;
  readonly host?: string;
}

const answerAccount = async (
  world: World,
  account: string,
  exchange: { incoming: IncomingMessage; outgoing: ServerResponse },
): Promise<void> => {
  const request = await readRequest(exchange.incoming, `/${account}`);
  const answer = await world.answer(request, account);
  if (answer === 'hang') return;
  if (answer === null) cut(exchange.outgoing);
  else writeAnswer(exchange.outgoing, answer);
};

const serverOf = (world: World, simulator: Simulator): Server => {
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const first = (incoming.url ?? '/').split(/[/?]/)[1] ?? '';
    if (first === '_simulator') {
      await administer(simulator, incoming, outgoing);
      return;
    }
    if (simulator.accounts.includes(first)) {
      await answerAccount(world, first, { incoming, outgoing });
      return;
    }
    writeAnswer(outgoing, { status: 404, json: { message: 'No such environment.' } });
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent) cut(outgoing);
      else writeAnswer(outgoing, { status: 500, json: { message: String(error) } });
    });
  });
  server.keepAliveTimeout = 30_000;
  return server;
};

const listen = async (server: Server, { port, host }: SimulatorOptions): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port ?? 0, host ?? '127.0.0.1', resolve);
  });
  const bound = server.address() as AddressInfo;
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
};

/** Starts a simulator over real HTTP; `/_simulator` reads and drives it, everything else is the system itself. */
export const startSimulator = async (
  definition: SimulatorDefinition,
  options: SimulatorOptions,
): Promise<Simulator> => {
  const world = createWorld(definition, options.accounts);
  let origin = '';
  const baseUrl = (name: string): string => `${origin}/${world.accountOf(name).name}`;
  const simulator: Simulator = {
    title: definition.title,
    accounts: options.accounts.map(({ name }) => name),
    baseUrl,
    settings: (name) => definition.settings(baseUrl(name), world.accountOf(name)),
    state: (name) => definition.inspect(world.stateOf(name)),
    effects: (name) => definition.effects(world.stateOf(name)),
    drive: (name, driver, input) => {
      const drive = definition.drivers?.[driver];
      if (!drive) throw new Error(`${definition.title} has no driver ${driver}`);
      return drive(world.stateOf(name), input);
    },
    fault: world.faults.add,
    clearFaults: world.faults.clear,
    requests: world.requests,
    clearRequests: world.clearRequests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = serverOf(world, simulator);
  origin = await listen(server, options);
  world.open(origin);
  return simulator;
};

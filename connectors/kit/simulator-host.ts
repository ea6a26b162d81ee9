import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './message.js';
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
  /** Texts that are shown as markup; null where the system does not say. */
  readonly rendered: (account: string) => readonly string[] | null;
  readonly drive: (account: string, driver: string, input: Json) => Json;
  readonly fault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** Every request since the start or the last `clearRequests`, oldest first; at least the last 10,000. */
  readonly requests: (account?: string) => LedgerEntry[];
  readonly clearRequests: () => void;
  /** The simulator's own clock, and the way to put it forward. */
  readonly now: () => Date;
  readonly advance: (ms: number) => void;
  /** Answers one request whose path is counted from the simulator's address. */
  readonly handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

export interface SimulatorOptions {
  readonly accounts: readonly Account[];
  /** 0 takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Its address behind a server of the caller's, which gives each request to `handle`: it opens no port then. */
  readonly address?: string;
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

const listenerOf = (world: World, simulator: Simulator): Simulator['handle'] => {
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
  return (incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent) cut(outgoing);
      else writeAnswer(outgoing, { status: 500, json: { message: String(error) } });
    });
  };
};

const listen = async (server: Server, { port, host }: SimulatorOptions): Promise<string> => {
  server.keepAliveTimeout = 30_000;
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
    rendered: (name) => definition.rendered?.(world.stateOf(name)) ?? null,
    drive: (name, driver, input) => {
      const drive = definition.drivers?.[driver];
      if (!drive) throw new Error(`${definition.title} has no driver ${driver}`);
      return drive(world.stateOf(name), input);
    },
    fault: world.faults.add,
    clearFaults: world.faults.clear,
    requests: world.requests,
    clearRequests: world.clearRequests,
    now: world.now,
    advance: world.advance,
    handle: (incoming, outgoing) => handle(incoming, outgoing),
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const handle = listenerOf(world, simulator);
  const server = createServer(handle);
  origin = options.address ?? (await listen(server, options));
  world.open(origin);
  return simulator;
};

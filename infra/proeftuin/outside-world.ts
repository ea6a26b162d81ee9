import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connector } from '#kit/definition.js';
import { startSimulator, type Simulator } from '#kit/simulator-host.js';
import { addressOf, couplingsWith, type Passwords } from './accounts.js';
import type { DemoTenant } from './declared-tenants.js';

/** A running simulator by the id of its connector, which is also its path. */
export type OutsideWorld = ReadonlyMap<string, Simulator>;

/** Opens the simulator of every connector that has one, with an account for each instance that points at it. */
export const openOutsideWorld = async (
  connectors: ReadonlyMap<string, Connector>,
  couplings: { tenants: readonly DemoTenant[]; passwords: Passwords; origin: string },
): Promise<OutsideWorld> => {
  const world = new Map<string, Simulator>();
  for (const [id, { simulator }] of connectors) {
    if (!simulator) continue;
    const accounts = couplingsWith(id, couplings).map(({ account }) => account);
    const address = addressOf(couplings.origin, id);
    world.set(id, await startSimulator(simulator, { accounts, address }));
  }
  return world;
};

/** Answers the request where it is for a simulator; false where it is not. */
export const answerFromOutside = (
  world: OutsideWorld,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): boolean => {
  const url = incoming.url ?? '/';
  const id = /^\/([^/?]+)/.exec(url)?.[1] ?? '';
  const simulator = world.get(id);
  if (!simulator) return false;
  incoming.url = url.slice(id.length + 1) || '/';
  simulator.handle(incoming, outgoing);
  return true;
};

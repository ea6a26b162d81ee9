import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from '#kit/simulator-host.js';
import { Acts } from './acts.js';
import { misbehave, type Behaviour } from './behaviour.js';
import { keyOf } from './ledger.js';
import { simulated } from './simulated.js';
import { systemTargets, type LoadTenant, type SettingsOf, type SystemTarget } from './tenants.js';

/** The coupled systems of all tenants, in this process, so that no fault of the bus touches them or their ledger. */
export interface Systems {
  readonly acts: Acts;
  /** Settings with which the bus reaches them. */
  readonly settingsOf: SettingsOf;
  /** From now on this is wrong with the system of the tenant; null: nothing. */
  readonly behave: (tenant: string, target: SystemTarget, behaviour: Behaviour | null) => void;
  /** What the systems hold that they should not: attachments that were added twice. */
  readonly flaws: () => string[];
  readonly close: () => Promise<void>;
}

/** Where the bus finds a server: behind a proxy, for one. */
export type Through = (origin: string) => Promise<string>;

interface IncidentView {
  readonly externalNumber: string;
  readonly attachments: readonly { readonly description: string | null }[];
}

const attachedTwice = (tenant: string, incidents: readonly IncidentView[]): string[] =>
  incidents.flatMap(({ externalNumber, attachments }) => {
    const names = attachments.map(({ description }) => description);
    return names.length === new Set(names).size
      ? []
      : [
          `doubled: ${tenant} topdesk holds an attachment twice in the incident of ${externalNumber}`,
        ];
  });

const namesIn = (url: string): { target: string; tenant: string } => {
  const [, target = '', tenant = ''] = url.split(/[/?]/);
  return { target, tenant };
};

/** Starts the systems; `through` answers the address under which the bus reaches them. */
export const startSystems = async (
  tenants: readonly LoadTenant[],
  through: Through = (origin) => Promise.resolve(origin),
): Promise<Systems> => {
  const acts = new Acts();
  const simulators = new Map<string, Simulator>();
  const wrong = new Map<string, Behaviour>();
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { target } = namesIn(incoming.url ?? '/');
    incoming.url = (incoming.url ?? '/').slice(target.length + 1);
    simulators.get(target)?.handle(incoming, outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    const { target, tenant } = namesIn(incoming.url ?? '/');
    const behaviour = wrong.get(keyOf(tenant, target));
    if (behaviour) misbehave(behaviour, answer, { incoming, outgoing });
    else answer(incoming, outgoing);
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = await through(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const accounts = tenants.map(({ id, secret }) => ({ name: id, secret }));
  for (const target of systemTargets)
    simulators.set(
      target,
      await startSimulator(simulated(target, acts), { accounts, address: `${address}/${target}` }),
    );
  const simulatorOf = (target: SystemTarget): Simulator => {
    const simulator = simulators.get(target);
    if (!simulator) throw new Error(`no system stands behind ${target}`);
    return simulator;
  };
  return {
    acts,
    settingsOf: ({ id }, target) => simulatorOf(target).settings(id),
    behave: (tenant, target, behaviour) => {
      if (behaviour) wrong.set(keyOf(tenant, target), behaviour);
      else wrong.delete(keyOf(tenant, target));
    },
    flaws: () =>
      tenants.flatMap(({ id }) =>
        attachedTwice(id, simulatorOf('topdesk').state(id) as unknown as IncidentView[]),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

import { simulator as backend } from '#connectors/backend/simulator.js';
import { simulator as topdesk } from '#connectors/topdesk/simulator.js';
import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#kit/simulator.js';
import type { Acts } from './acts.js';
import type { SystemTarget } from './tenants.js';

type Watch = (request: SimulatedRequest, tenant: string) => void;

/** The simulator, with each request that it carried out shown to `watch`. */
const watched = (simulator: SimulatorDefinition, watch: Watch): SimulatorDefinition => {
  const tenants = new Map<unknown, string>();
  return {
    ...simulator,
    open: (account, tools) => {
      const state = simulator.open(account, tools);
      tenants.set(state, account.name);
      return state;
    },
    handle: async (request, state): Promise<SimulatedAnswer> => {
      const answer = await simulator.handle(request, state);
      if (answer.status < 300) watch(request, tenants.get(state) ?? '');
      return answer;
    },
  };
};

const fieldsOf = ({ json }: SimulatedRequest): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A new incident carries the id of the message as its external number, a progress text carries it in its last line. */
const messageIn = (request: SimulatedRequest): string | null => {
  const { externalNumber, action } = fieldsOf(request);
  if (request.method === 'POST' && request.path === '/tas/api/incidents')
    return textOf(externalNumber);
  if (request.method !== 'PATCH') return null;
  return /<h6>LB-bus ([0-9a-f-]{36})<\/h6>/.exec(textOf(action))?.[1] ?? '';
};

/** The system behind a target, writing into the ledger what it does. */
export const simulated = (target: SystemTarget, acts: Acts): SimulatorDefinition => {
  if (target === 'topdesk')
    return watched(topdesk, (request, tenant) => {
      const message = messageIn(request);
      if (message !== null) acts.did({ tenant, target, message });
    });
  return watched(backend, (request, tenant) => {
    if (request.method !== 'POST') return;
    const { busid, source, id } = fieldsOf(request);
    acts.take({ tenant, target, message: textOf(busid) }, textOf(source), textOf(id));
  });
};

import { readTenants } from './declared-tenants.js';
import { foldersIn } from './folders.js';
import { peopleAt, type Whose } from './people.js';

/** A case as the simulator of Dynamics 365 shows it. */
export interface Case extends Whose {
  readonly incidentid: string;
  /** The id of the message on the bus. */
  readonly lb_externalid: string;
  readonly statuscode: number;
}

/** What people at the contact centres do, in all Dynamics 365 environments of the proeftuin. */
export interface ContactCentres {
  readonly cases: () => Promise<Case[]>;
  readonly resolve: (one: Case) => Promise<void>;
  /** True where TOPdesk of the tenant hears of the statuses of other systems. */
  readonly leads: (tenant: string) => boolean;
}

const status = 'be.lbbus.melding.status-gewijzigd.v1';

/** The contact centres of the simulators at `origin`, for the tenants that `prepare` wrote into the state folder. */
export const contactCentresAt = (origin: string, stateFolder: string): ContactCentres => {
  const { look, act } = peopleAt('dynamics365', origin, stateFolder);
  const leading = readTenants(foldersIn(stateFolder).tenants).filter(({ routes }) =>
    routes.some(({ when, to }) => when.type === status && to.includes('topdesk')),
  );
  const tenants = new Set(leading.map(({ tenant }) => tenant));
  return {
    cases: () => look<Case>(),
    resolve: (one) => act(one, 'resolve', { id: one.incidentid }),
    leads: (tenant) => tenants.has(tenant),
  };
};

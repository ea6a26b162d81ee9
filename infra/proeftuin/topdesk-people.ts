import { couplingsWith, passwordsIn } from './accounts.js';
import { readTenants } from './declared-tenants.js';
import { foldersIn } from './folders.js';

/** An incident as the simulator shows it. */
export interface Incident {
  readonly account: string;
  readonly tenant: string;
  readonly id: string;
  readonly number: string;
  /** The id of the message on the bus. */
  readonly externalNumber: string;
  readonly processingStatus: string | null;
  readonly attachments: readonly { readonly sizeBytes: number }[];
}

/** What people at the service desks do, in all TOPdesk environments of the proeftuin. */
export interface ServiceDesks {
  readonly incidents: () => Promise<Incident[]>;
  readonly takeInTreatment: (incident: Incident) => Promise<void>;
  readonly solve: (incident: Incident) => Promise<void>;
}

const connector = 'topdesk';

/** The service desks of the simulators at `origin`, for the tenants that `prepare` wrote into the state folder. */
export const serviceDesksAt = (origin: string, stateFolder: string): ServiceDesks => {
  const { own, tenants } = foldersIn(stateFolder);
  const passwords = passwordsIn(own);
  const desks = couplingsWith(connector, { tenants: readTenants(tenants), passwords, origin });
  const accountUrl = (account: string): string =>
    `${origin}/${connector}/_simulator/accounts/${account}`;
  const incidentsOf = async (account: string, tenant: string): Promise<Incident[]> => {
    const state = (await (await fetch(`${accountUrl(account)}/state`)).json()) as Incident[];
    return state.map((incident) => ({ ...incident, account, tenant }));
  };
  const drive = async ({ account, id }: Incident, driver: string): Promise<void> => {
    const response = await fetch(`${accountUrl(account)}/drive/${driver}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    });
    if (!response.ok) throw new Error(`${driver} in ${account} was answered ${response.status}`);
  };
  return {
    incidents: async () =>
      (
        await Promise.all(desks.map(({ account, tenant }) => incidentsOf(account.name, tenant)))
      ).flat(),
    takeInTreatment: (incident) => drive(incident, 'takeInTreatment'),
    solve: (incident) => drive(incident, 'solve'),
  };
};

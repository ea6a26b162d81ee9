import { peopleAt, type Whose } from './people.js';

/** An incident as the simulator of TOPdesk shows it. */
export interface Incident extends Whose {
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

/** The service desks of the simulators at `origin`, for the tenants that `prepare` wrote into the state folder. */
export const serviceDesksAt = (origin: string, stateFolder: string): ServiceDesks => {
  const { look, act } = peopleAt('topdesk', origin, stateFolder);
  return {
    incidents: () => look<Incident>(),
    takeInTreatment: (incident) => act(incident, 'takeInTreatment', { id: incident.id }),
    solve: (incident) => act(incident, 'solve', { id: incident.id }),
  };
};

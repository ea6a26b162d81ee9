import type { Json } from '#kit/message.js';
import { registered } from '#kit/melding-status.js';
import { objectOf, toldIn } from '#kit/status-order.js';
import type { FoundStatus } from '#kit/status-order.js';
import { instantOf, versionOf } from './incident.js';
import type { Incident } from './incident.js';

/** The status reasons that incidents are delivered with. A new incident has 1. */
export const defaultStatuses: Readonly<Record<string, string>> = {
  1: 'Toegewezen aan',
  2: 'In onderzoek',
  3: 'In onderzoek',
  4: 'In onderzoek',
  5: 'Opgelost',
  1000: 'Opgelost',
  6: 'Gesloten',
  2000: 'Gesloten',
};

/** The status of an incident in the words of Dynamics 365. */
export interface OwnStatus {
  readonly statuscode: number;
}

/** What is remembered of an incident: a later look compares with it. */
export interface IncidentState extends OwnStatus {
  readonly version: number;
  /** RFC 3339 in UTC; Dynamics 365 counts in seconds. */
  readonly modified: string;
}

export const stateOf = (incident: Incident): IncidentState & { [key: string]: Json } => ({
  statuscode: incident.statuscode,
  version: versionOf(incident),
  modified: instantOf(incident.modifiedon),
});

/** Dutch label of the melding's status; null where the table does not know the status reason. */
export const meldingStatusOf = (
  statuscode: Json | undefined,
  statuses: Readonly<Record<string, string>>,
): string | null => {
  const key = typeof statuscode === 'number' ? String(statuscode) : '';
  return Object.hasOwn(statuses, key) ? (statuses[key] ?? null) : null;
};

/** What a look found of the status of an incident, beside what is remembered of it. */
export const foundStatus = (
  incident: Incident,
  state: Json | undefined,
  { statuses }: { readonly statuses: Readonly<Record<string, string>> },
): FoundStatus => {
  const known = objectOf(state)['statuscode'];
  return {
    label: meldingStatusOf(incident.statuscode, statuses),
    before: known === undefined ? registered : meldingStatusOf(known, statuses),
    modified: instantOf(incident.modifiedon),
    told: toldIn(state),
  };
};

import type { Json } from '#kit/message.js';
import { registered } from '#kit/melding-status.js';
import { toldIn } from '#kit/status-order.js';
import type { FoundStatus } from '#kit/status-order.js';
import type { Incident } from './incident.js';
import { instantOf } from './incident.js';

/** The processing statuses that TOPdesk is delivered with, in Dutch and English. */
export const defaultStatuses: Readonly<Record<string, string>> = {
  Geregistreerd: 'Toegewezen aan',
  Logged: 'Toegewezen aan',
  'In behandeling': 'In onderzoek',
  'In progress': 'In onderzoek',
  Afgemeld: 'Opgelost',
  Gereed: 'Opgelost',
  Opgelost: 'Opgelost',
  Completed: 'Opgelost',
  Afgewezen: 'Afgewezen',
  Rejected: 'Afgewezen',
  Gesloten: 'Gesloten',
  Closed: 'Gesloten',
};

const final = new Set([
  'Opgelost',
  'Afgewezen',
  'Gesloten',
  'Ingetrokken',
  'Onontvankelijk',
  'Definitief gesloten',
  'Afgerond',
]);

/** The status of an incident in the words of TOPdesk. */
export interface OwnStatus {
  readonly processingStatus: string | null;
  readonly ended: boolean;
}

/** What is remembered of an incident: a later look compares with it. */
export interface IncidentState extends OwnStatus {
  /** RFC 3339 in UTC; TOPdesk counts in seconds. */
  readonly modified: string;
}

export const ownStatusOf = ({ processingStatus, completed, closed }: Incident): OwnStatus => ({
  processingStatus: processingStatus?.name ?? null,
  ended: completed || closed,
});

export const stateOf = (incident: Incident): IncidentState & { [key: string]: Json } => ({
  ...ownStatusOf(incident),
  modified: instantOf(incident.modificationDate),
});

/** True where the settings take the processing status for the end of a melding. */
export const isEnd = (
  processingStatus: string,
  statuses: Readonly<Record<string, string>>,
): boolean =>
  Object.hasOwn(statuses, processingStatus) && final.has(statuses[processingStatus] ?? '');

/**
 * Dutch label of the melding's status; null where the table does not know the processing status. An incident that is
 * completed or closed is `Opgelost`, unless its processing status names another end.
 */
export const meldingStatusOf = (
  state: OwnStatus,
  statuses: Readonly<Record<string, string>>,
): string | null => {
  const { processingStatus, ended } = state;
  const own = processingStatus !== null && Object.hasOwn(statuses, processingStatus);
  const named = own ? (statuses[processingStatus] ?? null) : null;
  if (ended && (named === null || !final.has(named))) return 'Opgelost';
  return named;
};

export const isState = (
  state: Json | undefined,
): state is IncidentState & { [key: string]: Json } =>
  typeof state === 'object' && state !== null && 'modified' in state;

/** What a look found of the status of an incident, beside what is remembered of it. */
export const foundStatus = (
  incident: Incident,
  state: Json | undefined,
  { statuses }: { readonly statuses: Readonly<Record<string, string>> },
): FoundStatus => {
  const now = stateOf(incident);
  return {
    label: meldingStatusOf(now, statuses),
    before: isState(state) ? meldingStatusOf(state, statuses) : registered,
    modified: now.modified,
    told: toldIn(state),
  };
};

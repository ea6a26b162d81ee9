import { Type } from '@sinclair/typebox';
import type { TUnsafe } from '@sinclair/typebox';
import { codelist } from '#oslo/codelists.js';
import type { Json } from '#kit/definition.js';
import type { Incident } from './incident.js';
import { instantOf } from './incident.js';

const concepts = codelist('MeldingStatuswaarde')?.concepts ?? [];
const iris: ReadonlyMap<string, string> = new Map(
  concepts.map((concept) => [concept.label.nl, concept['@id']]),
);
const labels: ReadonlyMap<string, string> = new Map(
  concepts.map((concept) => [concept['@id'], concept.label.nl]),
);

/** A status of a melding by its Dutch label, as the code list MeldingStatuswaarde has it. */
export const statusLabel: TUnsafe<string> = Type.Unsafe<string>({
  type: 'string',
  enum: [...iris.keys()],
});

/** IRI of a status. */
export const statusIri = (label: string): string => iris.get(label) ?? label;

/** Dutch label of a status. */
export const labelOf = (iri: string): string => labels.get(iri) ?? iri;

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

/** What is remembered of an incident: a later look compares with it. */
export interface IncidentState {
  readonly processingStatus: string | null;
  readonly ended: boolean;
  /** RFC 3339 in UTC; TOPdesk counts in seconds. */
  readonly modified: string;
}

export const stateOf = (incident: Incident): IncidentState & { [key: string]: Json } => ({
  processingStatus: incident.processingStatus?.name ?? null,
  ended: incident.completed || incident.closed,
  modified: instantOf(incident.modificationDate),
});

/**
 * Dutch label of the melding's status; null where the table does not know the processing status. An incident that is
 * completed or closed is `Opgelost`, unless its processing status names another end.
 */
export const meldingStatusOf = (
  state: Pick<IncidentState, 'processingStatus' | 'ended'>,
  statuses: Readonly<Record<string, string>>,
): string | null => {
  const { processingStatus, ended } = state;
  const own = processingStatus !== null && Object.hasOwn(statuses, processingStatus);
  const named = own ? (statuses[processingStatus] ?? null) : null;
  if (ended && (named === null || !final.has(named))) return 'Opgelost';
  return named;
};

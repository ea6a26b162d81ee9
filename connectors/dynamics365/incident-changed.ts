import { source } from '#kit/definition.js';
import type { Json, SourceItemContext, SourceResult } from '#kit/definition.js';
import { meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { pageOf, placeOf, readChanges } from './changes.js';
import type { Followed } from './changes.js';
import { queryAll, rowsIn } from './client.js';
import type { Dynamics } from './client.js';
import { hintedId, verify } from './hint.js';
import { Incident, incidentColumns, versionOf } from './incident.js';
import { Incidents, incidentsWhere } from './looking.js';
import { statusMessage } from './mapping.js';
import type { DynamicsSettings } from './settings.js';
import { meldingStatusOf, objectOf, stateOf } from './status.js';

const incidents: Followed<typeof Incident> = {
  path: '/incidents',
  columns: incidentColumns,
  page: pageOf(Incident),
};

const isOlder = (state: Json | undefined, incident: Incident): boolean =>
  Number(objectOf(state)['version'] ?? 0) > versionOf(incident);

/** The status of the melding, where it differs from what was last known of the incident. */
const toStatusMessage = (
  incident: Incident,
  { subject, state, settings }: SourceItemContext<DynamicsSettings>,
): SourceResult => {
  if (isOlder(state, incident)) return { message: null, state: state ?? null };
  const now = { ...objectOf(state), ...stateOf(incident) };
  const label = meldingStatusOf(incident.statuscode, settings.statuses);
  const before = meldingStatusOf(objectOf(state)['statuscode'], settings.statuses);
  if (subject === null || label === null || label === before) return { message: null, state: now };
  const by =
    settings.organisation === undefined ? { '@type': 'Agent' } : { '@id': settings.organisation };
  return {
    message: statusMessage(incident, { subject, label, since: now.modified, by }),
    state: now,
  };
};

/** A change is told once; a read of all tells only what differs from what is remembered. */
export const incidentChanged = source<Incident, DynamicsSettings, Dynamics>({
  summary:
    'Reports the status of incidents that Dynamics 365 changed, by change tracking and on the hint of a webhook.',
  emits: meldingStatusGewijzigd,
  poll: {
    everySeconds: ({ pollSeconds }) => pollSeconds,
    read: async (client, cursor, { signal }) => {
      const { rows, next, more } = await readChanges(client, incidents, placeOf(cursor), signal);
      return { items: rows, cursor: { ...next }, more };
    },
  },
  webhook: {
    verify,
    read: async (client, request, { signal }) => {
      const id = hintedId(request, 'incident');
      if (id === null) return [];
      const [rows] = await queryAll(client, [incidentsWhere(`incidentid eq ${id}`)], signal);
      return rowsIn(Incidents, rows);
    },
  },
  externalId: ({ incidentid }) => incidentid,
  map: toStatusMessage,
});

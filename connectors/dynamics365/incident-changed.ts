import { source } from '#kit/source.js';
import type { Json } from '#kit/message.js';
import type { SourceItemContext, SourceResult } from '#kit/source.js';
import { statusNews } from '#kit/melding-status.js';
import { objectOf, standingStatus } from '#kit/status-order.js';
import { meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { pageOf, placeOf, readChanges } from './changes.js';
import { queryAll, rowsIn } from './client.js';
import type { Dynamics } from './client.js';
import { hintedId, verify } from './hint.js';
import { busIdIn, Incident, incidentColumns, versionOf } from './incident.js';
import type { Ours } from './incident.js';
import { Incidents, incidentsWhere } from './looking.js';
import { caseOf } from './mapping.js';
import type { DynamicsSettings } from './settings.js';
import { foundStatus, stateOf } from './status.js';

const incidents = { path: '/incidents', page: pageOf(Incident) };

type ChangedIncident = Incident & Ours;

const named =
  ({ incidentKey }: DynamicsSettings) =>
  (incident: Incident): ChangedIncident => ({ ...incident, busId: busIdIn(incident, incidentKey) });

const isOlder = (state: Json | undefined, incident: Incident): boolean =>
  Number(objectOf(state)['version'] ?? 0) > versionOf(incident);

/**
 * The status of the melding, where it differs from what was last known of the incident; where nothing is known of it but
 * that it is ours, from what the answer to its registration tells.
 */
const toStatusMessage = (
  incident: Incident,
  { subject, state, settings }: SourceItemContext<DynamicsSettings>,
): SourceResult => {
  if (isOlder(state, incident)) return { message: null, state: state ?? null };
  const now = { ...objectOf(state), ...stateOf(incident) };
  const found = foundStatus(incident, state, settings);
  const told = standingStatus(found);
  const message = statusNews(caseOf(incident), {
    subject,
    ...found,
    since: told?.since ?? now.modified,
    organisation: settings.organisation,
  });
  return { message, state: { ...now, ...(told && { told: { ...told } }) } };
};

/** A change is told once; a read of all tells only what differs from what is remembered. */
export const incidentChanged = source<ChangedIncident, DynamicsSettings, Dynamics>({
  summary:
    'Reports the status of incidents that Dynamics 365 changed, by change tracking and on the hint of a webhook.',
  emits: meldingStatusGewijzigd,
  poll: {
    everySeconds: ({ pollSeconds }) => pollSeconds,
    read: async (client, cursor, { signal, settings }) => {
      const columns = `${incidentColumns},${settings.incidentKey}`;
      const followed = { ...incidents, columns };
      const { rows, next, more } = await readChanges(client, followed, placeOf(cursor), signal);
      return { items: rows.map(named(settings)), cursor: { ...next }, more };
    },
  },
  webhook: {
    verify,
    read: async (client, request, { signal, settings }) => {
      const id = hintedId(request, 'incident');
      if (id === null) return [];
      const part = incidentsWhere(settings, `incidentid eq ${id}`);
      const [rows] = await queryAll(client, [part], signal);
      return rowsIn(Incidents, rows).map(named(settings));
    },
  },
  externalId: ({ incidentid }) => incidentid,
  message: ({ busId }) => busId ?? null,
  map: toStatusMessage,
});

import type { BatchPart } from '#kit/http.js';
import type { Incident } from './incident.js';
import type { Progress } from './progress.js';
import type { DynamicsSettings } from './settings.js';

const resolved = 1;

const closeIncident = (
  { incidentid }: Incident,
  { title, status }: Progress,
  closing: DynamicsSettings['closing'],
): BatchPart => ({
  method: 'POST',
  path: '/CloseIncident',
  json: {
    IncidentResolution: {
      '@odata.type': 'Microsoft.Dynamics.CRM.incidentresolution',
      subject: title,
      ...(closing === 'action'
        ? { 'incidentid@odata.bind': `/incidents(${incidentid})` }
        : { incidentid }),
    },
    Status: status?.statuscode,
  },
});

const active = { statecode: 0, statuscode: 1 };

const update = (
  incident: Incident,
  json: { statecode: number; statuscode: number },
): BatchPart => ({
  method: 'PATCH',
  path: `/incidents(${incident.incidentid})`,
  headers: { 'if-match': incident['@odata.etag'] },
  json: { ...json },
});

/**
 * What gives the incident its new status, unless it has it; an update only where nobody changed it since it was read. Only
 * an active incident can be resolved: one that had ended otherwise is opened first.
 */
export const statusParts = (
  incident: Incident,
  progress: Progress,
  { closing }: DynamicsSettings,
): BatchPart[] => {
  const { status } = progress;
  if (!status || status.statuscode === incident.statuscode) return [];
  if (status.statecode !== resolved || closing === 'update') return [update(incident, status)];
  return [
    ...(incident.statecode === 0 ? [] : [update(incident, active)]),
    closeIncident(incident, progress, closing),
  ];
};

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

/** What gives the incident its new status, unless it has it; an update only where nobody changed it since it was read. */
export const statusParts = (
  incident: Incident,
  progress: Progress,
  { closing }: DynamicsSettings,
): BatchPart[] => {
  const { status } = progress;
  if (!status || status.statuscode === incident.statuscode) return [];
  if (status.statecode === resolved && closing !== 'update')
    return [closeIncident(incident, progress, closing)];
  return [
    {
      method: 'PATCH',
      path: `/incidents(${incident.incidentid})`,
      headers: { 'if-match': incident['@odata.etag'] },
      json: status,
    },
  ];
};

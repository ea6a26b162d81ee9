import type { SendContext } from '#kit/operation.js';
import type { HttpClient } from '#kit/http.js';
import { incidentPath } from './client.js';
import { Incident } from './incident.js';
import type { LineChange } from './progress.js';

/** Brings an incident to the other line; one that is there already, is partial or archived stays where it is. */
export const moveIncident = async (
  client: HttpClient,
  { id, status }: Incident,
  { line: { to, reason }, signal }: { line: LineChange } & Pick<SendContext, 'signal'>,
): Promise<void> => {
  const isUp = to === 'secondLine';
  if (status !== (isUp ? 'firstLine' : 'secondLine')) return;
  await client.request({
    method: 'PUT',
    path: `${incidentPath(id)}/${isUp ? 'escalate' : 'deescalate'}`,
    ...(reason !== undefined && { json: { name: reason } }),
    as: Incident,
    signal,
  });
};

import type { SendContext } from '#kit/operation.js';
import { isLater, receive, received, standingStatus, unreceived } from '#kit/status-order.js';
import type { Reception } from '#kit/status-order.js';
import { readIncident } from './client.js';
import type { Topdesk } from './client.js';
import type { Incident } from './incident.js';
import { moveIncident } from './moving.js';
import type { Ending, Progress } from './progress.js';
import type { TopdeskSettings } from './settings.js';
import { foundStatus, isEnd, meldingStatusOf, ownStatusOf } from './status.js';
import type { OwnStatus } from './status.js';

/** An incident that had ended goes on where its new status is no end. */
const goesOn = (
  { completed, closed }: Incident,
  processingStatus: string | null,
  { statuses }: TopdeskSettings,
): boolean =>
  (completed || closed) && processingStatus !== null && !isEnd(processingStatus, statuses);

const endingChanges = ({ completed, closed, closureCode }: Ending): Record<string, unknown> => ({
  completed,
  closed,
  ...(closureCode !== undefined && { closureCode: { name: closureCode } }),
});

const statusChanges = (
  incident: Incident,
  { processingStatus, ending }: Progress,
  settings: TopdeskSettings,
): Record<string, unknown> => ({
  ...(processingStatus !== null && { processingStatus: { name: processingStatus } }),
  ...(goesOn(incident, processingStatus, settings) && { completed: false, closed: false }),
  ...(ending && endingChanges(ending)),
});

/** The status that a message gives its incident, in the words of TOPdesk; null where it gives none. */
const wantedOf = (incident: Incident, { processingStatus, ending }: Progress): OwnStatus | null => {
  if (processingStatus === null && !ending) return null;
  return {
    processingStatus: processingStatus ?? ownStatusOf(incident).processingStatus,
    ended: ending !== undefined && (ending.completed || ending.closed),
  };
};

/** What a message finds at its incident, where it brings it a status. */
const meeting = (
  incident: Incident,
  progress: Progress,
  { state }: SendContext,
  { settings }: Topdesk,
) => {
  const wanted = wantedOf(incident, progress);
  if (wanted === null || progress.status === null) return null;
  const wantedLabel = meldingStatusOf(wanted, settings.statuses);
  const words = { wanted, found: ownStatusOf(incident), wantedLabel };
  return { status: progress.status, words, found: foundStatus(incident, state, settings) };
};

/** To the other line, unless people have given the incident a later status meanwhile. */
const move = async (
  { http, settings }: Topdesk,
  incident: Incident,
  { line, status }: Progress,
  { state, signal }: SendContext,
): Promise<void> => {
  if (!line || !status) return;
  const standing = standingStatus(foundStatus(incident, state, settings));
  if (isLater(status, standing)) await moveIncident(http, incident, { line, signal });
};

const changesIncident = ({ processingStatus, ending, line }: Progress): boolean =>
  processingStatus !== null || ending !== undefined || line !== undefined;

/** Moves the incident to the line that the message asks for, and tells what its status changes, where people have given it no later one meanwhile. */
export const changesOf = async (
  client: Topdesk,
  id: string,
  progress: Progress,
  context: SendContext,
): Promise<{ reception: Reception<OwnStatus>; changes: Record<string, unknown> }> => {
  if (!changesIncident(progress)) return { reception: unreceived, changes: {} };
  const before = await readIncident(client.http, id, context);
  const met = meeting(before, progress, context, client);
  const reception = met ? receive(met.status, met.found, met.words) : unreceived;
  await move(client, before, progress, context);
  return {
    reception,
    changes: reception.gives ? statusChanges(before, progress, client.settings) : {},
  };
};

/** How an incident took the status that an earlier attempt brought. */
export const receptionLeft = (
  client: Topdesk,
  incident: Incident,
  progress: Progress,
  context: SendContext,
): Reception<OwnStatus> => {
  const met = meeting(incident, progress, context, client);
  return met ? received(met.status, met.found, met.words) : unreceived;
};

import type { Reference, SendContext } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import {
  attach,
  findByExternalNumber,
  hasProgress,
  incidentsPath,
  marker,
  patchIncident,
  readIncident,
} from './client.js';
import { Incident, instantOf } from './incident.js';
import type { Registered } from './incident.js';
import type { NewIncident } from './mapping.js';
import type { Progress } from './progress.js';
import { stateOf } from './status.js';

/** Makes the incident, or finds the one that an earlier attempt made, and attaches what is missing. */
export const createIncident = async (
  client: HttpClient,
  { incident, attachments }: NewIncident,
  context: SendContext,
): Promise<Registered> => {
  const { messageId, signal } = context;
  const [known] = await findByExternalNumber(client, [messageId], context);
  const body = { ...incident, externalNumber: messageId };
  const ours = known ?? (await client.post(incidentsPath, body, { signal, as: Incident }));
  await attach(client, ours.id, attachments, context);
  return { incident: ours, made: known === undefined };
};

const notFound = (): Failure =>
  new Failure('reject', 'TOPdesk has no incident for this melding', {
    code: 'not-found',
    pointer: '/subject',
  });

/** Id of the incident that the message is about. */
const incidentIdOf = async (
  client: HttpClient,
  { externalNumbers }: Progress,
  context: SendContext,
): Promise<string> => {
  if (context.reference !== null) return context.reference;
  if (externalNumbers.length === 0) throw notFound();
  const [only, another] = await findByExternalNumber(client, externalNumbers, context);
  if (!only) throw notFound();
  if (!another) return only.id;
  throw new Failure('reject', 'TOPdesk has several incidents with the number of this melding', {
    code: 'conflict',
    pointer: '/data/identificator',
  });
};

const changesOf = (progress: Progress, messageId: string): Record<string, unknown> => ({
  action: `${progress.action}${marker(messageId)}`,
  actionInvisibleForCaller: progress.invisibleForCaller,
  ...(progress.processingStatus !== null && {
    processingStatus: { name: progress.processingStatus },
  }),
});

/** Adds the progress text, unless it is there already, and attaches what is missing. */
export const addProgress = async (
  client: HttpClient,
  progress: Progress,
  context: SendContext,
): Promise<Incident> => {
  const id = await incidentIdOf(client, progress, context);
  const there = progress.action === '' || (await hasProgress(client, id, context));
  const incident = there
    ? await readIncident(client, id, context)
    : await patchIncident(client, id, changesOf(progress, context.messageId), context);
  await attach(client, id, progress.attachments, context);
  return incident;
};

/** An incident that was only found may have been changed since by people: that is news for a later look. */
export const referToRegistered = ({ incident, made }: Registered): Reference => ({
  externalId: incident.id,
  ...(made && { state: stateOf(incident) }),
});

/** Only the processing status is ours: what else TOPdesk now says of the incident may be news. */
export const referToProgressed = (
  { id, modificationDate }: Incident,
  { processingStatus }: Progress,
): Reference => {
  if (processingStatus === null) return { externalId: id };
  const modified = instantOf(modificationDate);
  return { externalId: id, state: { processingStatus, ended: false, modified } };
};

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
import { Incident } from './incident.js';
import type { NewIncident } from './mapping.js';
import type { Progress } from './progress.js';
import { stateOf } from './status.js';

/** Makes the incident, or finds the one that an earlier attempt made, and attaches what is missing. */
export const createIncident = async (
  client: HttpClient,
  { incident, attachments }: NewIncident,
  context: SendContext,
): Promise<Incident> => {
  const { messageId, signal } = context;
  const [known] = await findByExternalNumber(client, [messageId], context);
  const body = { ...incident, externalNumber: messageId };
  const found = known ?? (await client.post(incidentsPath, body, { signal, as: Incident }));
  await attach(client, found.id, attachments, context);
  return found;
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

/** What TOPdesk now says is what a later look compares with, so that our own change is no news. */
export const referTo = (incident: Incident): Reference => ({
  externalId: incident.id,
  state: stateOf(incident),
});

import type { Json, Reference, SendContext } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import { keptStatus, objectOf, receive } from '#kit/status-order.js';
import type { Reception } from '#kit/status-order.js';
import {
  attach,
  findByExternalNumber,
  hasProgress,
  incidentsPath,
  marker,
  patchIncident,
  readIncident,
} from './client.js';
import type { Topdesk } from './client.js';
import { Incident, instantOf } from './incident.js';
import type { Registered } from './incident.js';
import type { NewIncident } from './mapping.js';
import type { Progress } from './progress.js';
import type { TopdeskSettings } from './settings.js';
import { foundStatus, isEnd, stateOf } from './status.js';

/** Makes the incident, or finds the one that an earlier attempt made, and attaches what is missing. */
export const createIncident = async (
  { http }: Topdesk,
  { incident, attachments }: NewIncident,
  context: SendContext,
): Promise<Registered> => {
  const { messageId, signal } = context;
  const [known] = await findByExternalNumber(http, [messageId], context);
  const body = { ...incident, externalNumber: messageId };
  const ours = known ?? (await http.post(incidentsPath, body, { signal, as: Incident }));
  await attach(http, ours.id, attachments, context);
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

/** The incident as a message left it. */
export interface Progressed extends Reception {
  readonly incident: Incident;
  /** What was remembered of the incident before. */
  readonly state: Json | undefined;
}

/** An incident that had ended goes on where its new status is no end. */
const statusChanges = (
  { completed, closed }: Incident,
  processingStatus: string,
  { statuses }: TopdeskSettings,
): Record<string, unknown> => ({
  processingStatus: { name: processingStatus },
  ...((completed || closed) &&
    !isEnd(processingStatus, statuses) && { completed: false, closed: false }),
});

/** The text and, unless people have given the incident a later one meanwhile, the status. */
const changesOf = async (
  { http, settings }: Topdesk,
  id: string,
  { action, invisibleForCaller, processingStatus, status }: Progress,
  context: SendContext,
): Promise<{ reception: Reception; changes: Record<string, unknown> }> => {
  const text = {
    action: `${action}${marker(context.messageId)}`,
    actionInvisibleForCaller: invisibleForCaller,
  };
  if (processingStatus === null || status === null) return { reception: untold, changes: text };
  const incident = await readIncident(http, id, context);
  const reception = receive(status, foundStatus(incident, context.state, settings));
  if (!reception.given) return { reception, changes: text };
  return {
    reception,
    changes: { ...text, ...statusChanges(incident, processingStatus, settings) },
  };
};

const untold: Reception = { given: false, told: null };

const change = async (
  client: Topdesk,
  id: string,
  progress: Progress,
  context: SendContext,
): Promise<Progressed> => {
  const { reception, changes } = await changesOf(client, id, progress, context);
  const incident = await patchIncident(client.http, id, changes, context);
  return { incident, ...reception, state: context.state };
};

/** What an earlier attempt left. */
const readLeft = async (
  { http, settings }: Topdesk,
  id: string,
  { processingStatus, status }: Progress,
  context: SendContext,
): Promise<Progressed> => {
  const incident = await readIncident(http, id, context);
  const { state } = context;
  if (processingStatus === null) return { incident, ...untold, state };
  if (incident.processingStatus?.name === processingStatus)
    return { incident, given: true, told: status, state };
  const told = keptStatus(foundStatus(incident, state, settings));
  return { incident, given: false, told, state };
};

/** Adds the progress text, unless it is there already, and attaches what is missing. */
export const addProgress = async (
  client: Topdesk,
  progress: Progress,
  context: SendContext,
): Promise<Progressed> => {
  const { http } = client;
  const id = await incidentIdOf(http, progress, context);
  const there = progress.action === '' || (await hasProgress(http, id, context));
  const progressed = await (there ? readLeft : change)(client, id, progress, context);
  await attach(http, id, progress.attachments, context);
  return progressed;
};

/** An incident that was only found may have been changed since by people: that is news for a later look. */
export const referToRegistered = ({ incident, made }: Registered): Reference => ({
  externalId: incident.id,
  ...(made && { state: stateOf(incident) }),
});

/** Only the processing status is ours: what else TOPdesk now says of the incident may be news. */
export const referToProgressed = (
  { incident, given, told, state }: Progressed,
  { processingStatus }: Progress,
): Reference => {
  const { id: externalId, modificationDate } = incident;
  const remembered = told && { told: { ...told } };
  if (!given)
    return { externalId, ...(remembered && { state: { ...objectOf(state), ...remembered } }) };
  const modified = instantOf(modificationDate);
  return { externalId, state: { processingStatus, ended: false, modified, ...remembered } };
};

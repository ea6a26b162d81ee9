import type { Reference, SendContext } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import { counts } from '#kit/status-order.js';
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
export interface Progressed {
  readonly incident: Incident;
  /** True where the incident has got the status of the message; false where the message had none, or came late. */
  readonly given: boolean;
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
): Promise<{ given: boolean; changes: Record<string, unknown> }> => {
  const text = {
    action: `${action}${marker(context.messageId)}`,
    actionInvisibleForCaller: invisibleForCaller,
  };
  if (processingStatus === null || status === null) return { given: false, changes: text };
  const incident = await readIncident(http, id, context);
  if (!counts(status, foundStatus(incident, context.state, settings)))
    return { given: false, changes: text };
  const changes = { ...text, ...statusChanges(incident, processingStatus, settings) };
  return { given: true, changes };
};

const change = async (
  client: Topdesk,
  id: string,
  progress: Progress,
  context: SendContext,
): Promise<Progressed> => {
  const { given, changes } = await changesOf(client, id, progress, context);
  return { incident: await patchIncident(client.http, id, changes, context), given };
};

/** What an earlier attempt left. */
const readLeft = async (
  { http }: Topdesk,
  id: string,
  { processingStatus }: Progress,
  context: SendContext,
): Promise<Progressed> => {
  const incident = await readIncident(http, id, context);
  const given = processingStatus !== null && incident.processingStatus?.name === processingStatus;
  return { incident, given };
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
  { incident, given }: Progressed,
  { processingStatus, status }: Progress,
): Reference => {
  const { id, modificationDate } = incident;
  if (!given) return { externalId: id };
  const modified = instantOf(modificationDate);
  const told = status && { told: { ...status } };
  return { externalId: id, state: { processingStatus, ended: false, modified, ...told } };
};

import type { Json, Reference, SendContext } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import { objectOf, receive, received, unreceived } from '#kit/status-order.js';
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
import { foundStatus, isEnd, meldingStatusOf, ownStatusOf, stateOf } from './status.js';
import type { OwnStatus } from './status.js';

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
  readonly reception: Reception<OwnStatus>;
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

/** What a message finds at its incident, where it brings it a status. */
const meeting = (
  incident: Incident,
  { processingStatus, status }: Progress,
  { state }: SendContext,
  { settings }: Topdesk,
) => {
  if (processingStatus === null || status === null) return null;
  const wanted = { processingStatus, ended: false };
  const wantedLabel = meldingStatusOf(wanted, settings.statuses);
  const words = { wanted, found: ownStatusOf(incident), wantedLabel };
  return { status, words, found: foundStatus(incident, state, settings) };
};

/** Adds the text and, unless people have given the incident a later one meanwhile, the status. */
const change: Progressing = async (client, id, progress, context) => {
  const { action, invisibleForCaller, processingStatus } = progress;
  const text = {
    action: `${action}${marker(context.messageId)}`,
    actionInvisibleForCaller: invisibleForCaller,
  };
  const before = processingStatus === null ? null : await readIncident(client.http, id, context);
  const met = before && meeting(before, progress, context, client);
  const reception = met ? receive(met.status, met.found, met.words) : unreceived;
  const status =
    before && reception.gives && statusChanges(before, processingStatus ?? '', client.settings);
  const incident = await patchIncident(client.http, id, { ...text, ...status }, context);
  return { incident, reception, state: context.state };
};

/** Reads what an earlier attempt left. */
const readLeft: Progressing = async (client, id, progress, context) => {
  const incident = await readIncident(client.http, id, context);
  const met = meeting(incident, progress, context, client);
  const reception = met ? received(met.status, met.found, met.words) : unreceived;
  return { incident, reception, state: context.state };
};

type Progressing = (
  client: Topdesk,
  id: string,
  progress: Progress,
  context: SendContext,
) => Promise<Progressed>;

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
export const referToProgressed = ({ incident, reception, state }: Progressed): Reference => {
  const { left, told } = reception;
  const externalId = incident.id;
  if (!left && !told) return { externalId };
  const known = left
    ? { ...left, modified: instantOf(incident.modificationDate) }
    : objectOf(state);
  return { externalId, state: { ...known, ...(told && { told: { ...told } }) } };
};

import type { Json } from '#kit/message.js';
import type { Reference, SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import { objectOf } from '#kit/status-order.js';
import type { Reception } from '#kit/status-order.js';
import { changesOf, receptionLeft } from './changing.js';
import {
  attach,
  findByExternalNumber,
  hasProgress,
  marker,
  patchIncident,
  readIncident,
} from './client.js';
import type { Topdesk } from './client.js';
import { instantOf } from './incident.js';
import type { Incident, Registered } from './incident.js';
import type { NewIncident } from './mapping.js';
import type { Progress } from './progress.js';
import { register } from './registering.js';
import { stateOf } from './status.js';
import type { OwnStatus } from './status.js';

/** Makes the incident, or finds the one that an earlier attempt made, and attaches what is missing. */
export const createIncident = async (
  { http }: Topdesk,
  incident: NewIncident,
  context: SendContext,
): Promise<Registered> => {
  const [known] = await findByExternalNumber(http, [context.messageId], context);
  const ours = known ?? (await register(http, incident, context));
  await attach(http, ours.id, incident.attachments, context);
  return { incident: ours, made: known === undefined };
};

const notFound = (): Failure =>
  new Failure('reject', 'TOPdesk has no incident for this melding', {
    code: 'not-found',
    pointer: '/subject',
  });

/** Id of the incident that the message is about; null where this TOPdesk has none. */
const incidentIdOf = async (
  client: HttpClient,
  { externalNumbers }: Progress,
  context: SendContext,
): Promise<string | null> => {
  if (context.reference !== null) return context.reference;
  if (externalNumbers.length === 0) return null;
  const [only, another] = await findByExternalNumber(client, externalNumbers, context);
  if (!another) return only?.id ?? null;
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

/** Adds the text and what else the message changes; the text comes last, as by it a repeat knows that all is done. */
const change: Progressing = async (client, id, progress, context) => {
  const { reception, changes } = await changesOf(client, id, progress, context);
  const text = {
    action: `${progress.action}${marker(context.messageId)}`,
    actionInvisibleForCaller: progress.invisibleForCaller,
  };
  const incident = await patchIncident(client.http, id, { ...text, ...changes }, context);
  return { incident, reception, state: context.state };
};

/** Reads what an earlier attempt left. */
const readLeft: Progressing = async (client, id, progress, context) => {
  const incident = await readIncident(client.http, id, context);
  const reception = receptionLeft(client, incident, progress, context);
  return { incident, reception, state: context.state };
};

type Progressing = (
  client: Topdesk,
  id: string,
  progress: Progress,
  context: SendContext,
) => Promise<Progressed>;

/**
 * Adds the progress text, unless it is there already, and attaches what is missing. Null where the melding is another
 * TOPdesk's of the tenant.
 */
export const addProgress = async (
  client: Topdesk,
  progress: Progress,
  context: SendContext,
): Promise<Progressed | null> => {
  const { http, settings } = client;
  const id = await incidentIdOf(http, progress, context);
  if (id === null && settings.leavesUnknown) return null;
  if (id === null) throw notFound();
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

/** Why a message brought nothing about here; null where it did. */
export const remarkOnProgressed = (progressed: Progressed | null): string | null =>
  progressed === null
    ? 'Nothing was told: this TOPdesk has no incident of the melding, which leavesUnknown leaves to the others of the tenant'
    : null;

/** Only the processing status is ours: what else TOPdesk now says of the incident may be news. */
export const referToProgressed = (progressed: Progressed | null): Reference | null => {
  if (progressed === null) return null;
  const { incident, reception, state } = progressed;
  const { left, told, yields = false } = reception;
  const externalId = incident.id;
  if (!left && !told) return { externalId };
  const known = left
    ? { ...left, modified: instantOf(incident.modificationDate) }
    : objectOf(state);
  return { externalId, state: { ...known, ...(told && { told: { ...told } }) }, yields };
};

import type { Json } from '#kit/message.js';
import type { Reference, SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { BatchPart } from '#kit/http.js';
import { objectOf, receive, received, unreceived } from '#kit/status-order.js';
import type { Reception } from '#kit/status-order.js';
import { quoted, rowsIn } from './client.js';
import type { Dynamics } from './client.js';
import { statusParts } from './closing.js';
import { customerRow } from './customer-row.js';
import type { Incident, Registered } from './incident.js';
import { conditionFor, Incidents, incidentsWhere, look, only } from './looking.js';
import type { Seen } from './looking.js';
import type { NewIncident } from './mapping.js';
import { attachFile, noteIdOf, notePart, refuseLarge } from './notes.js';
import type { Progress } from './progress.js';
import type { DynamicsSettings } from './settings.js';
import { foundStatus, meldingStatusOf, stateOf } from './status.js';
import type { OwnStatus } from './status.js';

/** Does all of it or nothing, and reads the incident as it is then. */
const change = async (
  { http, settings }: Dynamics,
  parts: readonly BatchPart[],
  { condition, signal }: { condition: string; signal: AbortSignal },
): Promise<Incident> => {
  const answers = await http.batch({
    path: '/$batch',
    parts: [parts, incidentsWhere(settings, condition)],
    signal,
  });
  return only(rowsIn(Incidents, answers[1]?.[0]?.body), null);
};

const note = 'note';

const additionsOf = (text: string, attachments: readonly string[]): string[] => [
  ...(text === '' ? [] : [note]),
  ...attachments,
];

const attachMissing = async (
  client: Dynamics,
  { missing }: Seen,
  incidentId: string,
  context: SendContext,
): Promise<void> => {
  for (const uri of missing) {
    if (uri !== note) await attachFile(client, { uri, incidentId }, context);
  }
};

const missingFiles = ({ missing }: Seen): string[] => [...missing].filter((what) => what !== note);

/** The contact of the settings is no concern of the sender. */
const ofSettings = (failure: unknown, { customer }: NewIncident): unknown =>
  'id' in customer && failure instanceof Failure && failure.code === 'not-found'
    ? new Failure(
        'pause',
        `The anonymousContact of the settings cannot be used: ${failure.message}`,
        {
          code: 'misconfigured',
          cause: failure,
        },
      )
    : failure;

/** Makes the incident and, where it is new, its customer: both or none. */
const make = async (
  client: Dynamics,
  request: NewIncident,
  { customer: foundId }: Seen,
  { messageId, signal }: SendContext,
): Promise<Incident> => {
  const { settings } = client;
  const { incident, customer } = request;
  const { address, parts } = customerRow(customer, settings, { foundId, messageId });
  const condition = `${settings.incidentKey} eq ${quoted(messageId)}`;
  const making: BatchPart = {
    method: 'PATCH',
    path: `/incidents(${settings.incidentKey}=${quoted(messageId)})`,
    headers: { 'if-none-match': '*' },
    json: { ...incident, [`customerid_${customer.table}@odata.bind`]: address },
  };
  try {
    return await change(client, [...parts, making], { condition, signal });
  } catch (failure) {
    throw ofSettings(failure, request);
  }
};

/** Makes the incident, or finds the one that an earlier attempt made, and attaches what is missing. */
export const createIncident = async (
  client: Dynamics,
  request: NewIncident,
  context: SendContext,
): Promise<Registered> => {
  const seen = await look(
    client,
    {
      incidents: `${client.settings.incidentKey} eq ${quoted(context.messageId)}`,
      customer: request.customer,
      additions: additionsOf(request.note, request.attachments),
    },
    context,
  );
  await refuseLarge(client, missingFiles(seen), context);
  const [known] = seen.incidents;
  const incident = known ?? (await make(client, request, seen, context));
  const { incidentid } = incident;
  if (seen.missing.has(note)) {
    const columns = { subject: 'LB-bus: volledige tekst', notetext: request.note };
    const part = notePart(noteIdOf(context.messageId, note), incidentid, columns);
    await client.http.request({ ...part, signal: context.signal });
  }
  await attachMissing(client, seen, incidentid, context);
  return { incident, made: known === undefined };
};

/** The incident as a message left it. */
export interface Progressed {
  readonly incident: Incident;
  readonly reception: Reception<OwnStatus>;
  /** What was remembered of the incident before. */
  readonly state: Json | undefined;
}

/** How the incident takes the status that a message brings it; `there`: an earlier attempt has brought it. */
const receptionOf = (
  incident: Incident,
  { status, told }: Progress,
  {
    state,
    settings,
    there,
  }: { state: Json | undefined; settings: DynamicsSettings; there: boolean },
): Reception<OwnStatus> => {
  if (!status || !told) return unreceived;
  const { statuscode } = status;
  const words = {
    wanted: { statuscode },
    found: { statuscode: incident.statuscode },
    wantedLabel: meldingStatusOf(statuscode, settings.statuses),
  };
  const found = foundStatus(incident, state, settings);
  return there ? received(told, found, words) : receive(told, found, words);
};

/** Adds the note and, with it, the status, unless they are there already, and attaches what is missing. */
export const addProgress = async (
  client: Dynamics,
  progress: Progress,
  context: SendContext,
): Promise<Progressed> => {
  const { reference, messageId, state, signal } = context;
  const seen = await look(
    client,
    {
      incidents: conditionFor(client, progress.numbers, reference),
      customer: null,
      additions: additionsOf(progress.note, progress.attachments),
    },
    context,
  );
  const incident = only(seen.incidents, reference);
  await refuseLarge(client, missingFiles(seen), context);
  const { incidentid } = incident;
  const there = !seen.missing.has(note);
  const { settings } = client;
  const reception = receptionOf(incident, progress, { state, settings, there });
  const columns = { subject: progress.title, notetext: progress.note };
  const adding = notePart(noteIdOf(messageId, note), incidentid, columns);
  const changes = reception.gives ? statusParts(incident, progress, settings) : [];
  const condition = `incidentid eq ${incidentid}`;
  const now = there ? incident : await change(client, [...changes, adding], { condition, signal });
  await attachMissing(client, seen, incidentid, context);
  return { incident: now, reception, state };
};

/** An incident that was only found may have been changed since by people: that is news for a later look. */
export const referToRegistered = ({ incident, made }: Registered): Reference => ({
  externalId: incident.incidentid,
  ...(made && { state: stateOf(incident) }),
});

/** Only the status reason is ours: what else Dynamics 365 now says of the incident may be news. */
export const referToProgressed = ({ incident, reception, state }: Progressed): Reference => {
  const { left, told, yields = false } = reception;
  const externalId = incident.incidentid;
  if (!left && !told) return { externalId };
  const known = { ...objectOf(state), ...(left && { ...stateOf(incident), ...left }) };
  return { externalId, state: { ...known, ...(told && { told: { ...told } }) }, yields };
};

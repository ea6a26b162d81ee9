import { Readable } from 'node:stream';
import { source } from '#kit/source.js';
import type { Derived, Json } from '#kit/message.js';
import type {
  AttachContext,
  Page,
  PollContext,
  SourceItemContext,
  SourceResult,
} from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import { objectOf } from '#kit/status-order.js';
import { cutText, oneLine, wordsOfHtml } from '#kit/text.js';
import { meldingAangevuld, meldingContext } from '#oslo/melding/types.js';
import { incidentPath, listed } from './client.js';
import type { Topdesk } from './client.js';
import { messageOf, readHinted, readPage, verify } from './incident-changed.js';
import { Actions, Files, instantOf } from './incident.js';
import type { Incident } from './incident.js';
import type { TopdeskSettings } from './settings.js';

/** A progress text or a file at an incident of ours. */
interface Entry {
  readonly incident: Incident;
  readonly id: string;
  readonly text: string;
  /** Absent where it is a text. */
  readonly fileName?: string;
  readonly at: string;
}

/** Entries from so long before the cursor are looked at again: what is told is told once. */
const overlapMs = 120_000;
/** So many of what was told of an incident are remembered at it. */
const remembered = 50;
const textLength = 10_000;

/** What the bus itself wrote or attached carries the id of its message, or the address of its file. */
const isOurs = (text: string | null | undefined): boolean =>
  /LB-bus [0-9a-f]{8}-|^urn:lb-bus:attachment:/.test(text ?? '');

const textsAt = async (
  http: HttpClient,
  incident: Incident,
  signal: AbortSignal,
): Promise<Entry[]> =>
  (await listed(http, { path: `${incidentPath(incident.id)}/actions`, as: Actions }, { signal }))
    .flatMap((page) => page ?? [])
    .filter(({ memoText, invisibleForCaller }) => !invisibleForCaller && !isOurs(memoText))
    .map(({ id, memoText, entryDate }) => ({
      incident,
      id,
      text: cutText(wordsOfHtml(memoText ?? ''), textLength),
      at: instantOf(entryDate),
    }));

const filesAt = async (
  http: HttpClient,
  incident: Incident,
  signal: AbortSignal,
): Promise<Entry[]> =>
  (await listed(http, { path: `${incidentPath(incident.id)}/attachments`, as: Files }, { signal }))
    .flatMap((page) => page ?? [])
    .filter(({ description, invisibleForCaller }) => !invisibleForCaller && !isOurs(description))
    .map(({ id, fileName, description, entryDate }) => ({
      incident,
      id,
      text: cutText(oneLine(description ?? ''), textLength),
      fileName: oneLine(fileName),
      at: instantOf(entryDate),
    }));

/** Only incidents that the bus registered are known as meldingen. */
const entriesAt = async (
  { http }: Topdesk,
  incidents: readonly Incident[],
  signal: AbortSignal,
): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for (const incident of incidents) {
    if ((messageOf(incident) ?? '') === '') continue;
    entries.push(...(await textsAt(http, incident, signal)));
    entries.push(...(await filesAt(http, incident, signal)));
  }
  return entries.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
};

const sinceMs = (cursor: Json, now: Date): number => {
  const { since } = objectOf(cursor);
  return typeof since === 'string' ? Date.parse(since) : now.getTime();
};

const readEntries = async (
  client: Topdesk,
  cursor: Json,
  context: PollContext<TopdeskSettings>,
): Promise<Page<Entry>> => {
  if (!context.settings.tellProgress) return { items: [], cursor, more: false };
  const page = await readPage(client, cursor, context);
  const fromMs = sinceMs(cursor, context.now) - overlapMs;
  const entries = await entriesAt(client, page.items, context.signal);
  return { ...page, items: entries.filter(({ at }) => Date.parse(at) >= fromMs) };
};

const wordsOf = ({ text, fileName }: Entry): string =>
  [text, ...(fileName === undefined ? [] : [`Bijlage: ${fileName}`])]
    .filter((line) => line !== '')
    .join('\n');

const additionOf = (entry: Entry, subject: string): Derived => ({
  type: meldingAangevuld.type,
  id: entry.id,
  time: entry.at,
  data: {
    '@context': meldingContext,
    '@id': subject,
    '@type': 'Melding',
    heeftBody: [{ '@type': 'MeldingBody', beschrijving: wordsOf(entry) }],
  },
});

const toldIn = (state: Json | undefined): Json[] => {
  const { progress } = objectOf(state);
  return Array.isArray(progress) ? progress : [];
};

/** What an entry says, once. */
const toAddition = (
  entry: Entry,
  { subject, state }: SourceItemContext<TopdeskSettings>,
): SourceResult => {
  const told = toldIn(state);
  if (subject === null || told.includes(entry.id) || wordsOf(entry) === '')
    return { message: null, state: state ?? null };
  const latest = [...told, entry.id].slice(-remembered);
  return {
    message: additionOf(entry, subject),
    state: { ...objectOf(state), progress: latest },
  };
};

const storeFile = async (
  { http }: Topdesk,
  { incident, id }: Entry,
  fileName: string,
  { signal, store }: AttachContext,
): Promise<string> => {
  const path = `${incidentPath(incident.id)}/attachments/${encodeURIComponent(id)}/download`;
  const { body, headers } = await http.request({ method: 'GET', path, expect: 'stream', signal });
  if (!(body instanceof Readable)) throw new TypeError('a stream was asked for');
  const contentType = headers['content-type'] ?? 'application/octet-stream';
  return store({ fileName, contentType, content: body });
};

/** A file that is too large for the bus, or gone meanwhile, is only told of. */
const withFile = async (
  client: Topdesk,
  entry: Entry,
  message: Derived,
  context: AttachContext,
): Promise<Derived> => {
  if (entry.fileName === undefined) return message;
  try {
    const bijlage = await storeFile(client, entry, entry.fileName, context);
    const body = { '@type': 'MeldingBody', beschrijving: wordsOf(entry), bijlage };
    return { ...message, data: { ...message.data, heeftBody: [body] } };
  } catch (failure) {
    if (failure instanceof Failure && failure.verdict === 'reject') return message;
    throw failure;
  }
};

export const progressAdded = source<Entry, TopdeskSettings, Topdesk>({
  summary:
    'Tells progress texts and attachments of people at incidents of the bus that callers may see, polled and on the hint of a webhook.',
  emits: meldingAangevuld,
  poll: { everySeconds: ({ pollSeconds }) => pollSeconds, read: readEntries },
  webhook: {
    verify,
    read: async (client, request, context) =>
      context.settings.tellProgress
        ? entriesAt(client, await readHinted(client, request, context), context.signal)
        : [],
  },
  externalId: ({ incident }) => incident.id,
  message: ({ incident }) => messageOf(incident),
  map: toAddition,
  attach: withFile,
});

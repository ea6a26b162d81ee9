import type { Static, TSchema } from '@sinclair/typebox';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient, HttpResponse } from '#kit/http.js';
import { Entries, Incident, Incidents } from './incident.js';
import type { Entry } from './incident.js';
import type { TopdeskSettings } from './settings.js';

/** An environment that is reached as the operator of one tenant. */
export interface Topdesk {
  readonly http: HttpClient;
  readonly settings: TopdeskSettings;
}

export const incidentsPath = '/tas/api/incidents';

/** One incident by its id. */
export const incidentPath = (id: string): string => `${incidentsPath}/id/${encodeURIComponent(id)}`;

/** A value in FIQL: quoted, with quote and backslash escaped, so that nothing in it is an operator. */
export const quoted = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`;

type Call = Pick<SendContext, 'signal'>;

/** Incidents with one of these external numbers, oldest first, archived ones too; partials repeat their main incident's number. */
export const findByExternalNumber = async (
  client: HttpClient,
  numbers: readonly string[],
  { signal }: Call,
): Promise<Incident[]> => {
  const query = {
    query: `externalNumber=in=(${numbers.map(quoted).join(',')})`,
    sort: 'creationDate:asc',
    pageSize: 10,
    all: true,
  };
  const found = await client.get(incidentsPath, { query, signal, as: Incidents });
  return (found ?? []).filter(({ status }) => !status.startsWith('partial'));
};

/** The incident, with the headers of the answer. */
export const requestIncident = (
  client: HttpClient,
  id: string,
  { signal }: Call,
): Promise<HttpResponse<Incident>> =>
  client.request({ method: 'GET', path: incidentPath(id), signal, as: Incident });

export const readIncident = async (client: HttpClient, id: string, call: Call): Promise<Incident> =>
  (await requestIncident(client, id, call)).body;

/** Pages of attachments and actions: at most 100, and 206 where more follow. */
const pageSize = 100;

/** A list below an incident, page by page. */
export const listed = async <T extends TSchema>(
  client: HttpClient,
  { path, as }: { path: string; as: T },
  { signal }: Call,
): Promise<Static<T>[]> => {
  const pages: Static<T>[] = [];
  for (let start = 0; ; start += pageSize) {
    const query = { start, page_size: pageSize };
    const page = await client.request({ method: 'GET', path, query, as, signal });
    pages.push(page.body);
    if (page.status !== 206) return pages;
  }
};

const anywhere = async (
  client: HttpClient,
  path: string,
  matches: (entry: Entry) => boolean,
  { signal }: Call,
): Promise<boolean> => {
  for (let start = 0; ; start += pageSize) {
    const query = { start, page_size: pageSize };
    const page = await client.request({ method: 'GET', path, query, as: Entries, signal });
    if (page.body?.some(matches)) return true;
    if (page.status !== 206) return false;
  }
};

const isAttached = (client: HttpClient, id: string, uri: string, call: Call): Promise<boolean> =>
  anywhere(
    client,
    `${incidentPath(id)}/attachments`,
    ({ description }) => description === uri,
    call,
  );

const upload = async (
  client: HttpClient,
  id: string,
  uri: string,
  context: SendContext,
): Promise<void> => {
  const { content, fileName, contentType, sizeBytes } = await context.attachment(uri);
  await client.request({
    method: 'POST',
    path: `${incidentPath(id)}/attachments`,
    form: [
      { name: 'description', value: uri },
      { name: 'file', fileName, contentType, sizeBytes, content },
    ],
    signal: context.signal,
  });
};

/** Attaches what is not attached yet: an attachment carries its URI as description. */
export const attach = async (
  client: HttpClient,
  id: string,
  uris: readonly string[],
  context: SendContext,
): Promise<void> => {
  for (const uri of uris) {
    if (await isAttached(client, id, uri, context)) continue;
    await upload(client, id, uri, context);
  }
};

/** Last line of a progress text: by it the text is recognised when it comes again. */
export const marker = (messageId: string): string => `<h6>LB-bus ${messageId}</h6>`;

export const hasProgress = (
  client: HttpClient,
  id: string,
  context: SendContext,
): Promise<boolean> =>
  anywhere(
    client,
    `${incidentPath(id)}/actions`,
    ({ memoText }) => memoText?.includes(context.messageId) === true,
    context,
  );

/** 403 means that the operator lacks a right, but also that the incident is archived: only the first concerns us all. */
const explain = async (
  client: HttpClient,
  id: string,
  failure: unknown,
  call: Call,
): Promise<unknown> => {
  if (!(failure instanceof Failure) || failure.code !== 'forbidden') return failure;
  const { status, number } = await readIncident(client, id, call);
  if (!status.endsWith('Archived')) return failure;
  return new Failure(
    'reject',
    `Incident ${number} is archived in TOPdesk and takes no more progress`,
    {
      code: 'conflict',
      cause: failure,
    },
  );
};

export const patchIncident = async (
  client: HttpClient,
  id: string,
  changes: Readonly<Record<string, unknown>>,
  call: Call,
): Promise<Incident> => {
  try {
    return await client.patch(incidentPath(id), changes, { signal: call.signal, as: Incident });
  } catch (failure) {
    throw await explain(client, id, failure, call);
  }
};

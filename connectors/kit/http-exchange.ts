import { ClientRequest } from 'node:http';
import type { Readable } from 'node:stream';
import type { TSchema } from '@sinclair/typebox';
import axios, { AxiosHeaders } from 'axios';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { Agents } from './agents.js';
import type { Auth, Credentials, TokenAuth } from './auth.js';
import { Failure } from './failure.js';
import { formOf } from './form.js';
import { discard } from './http-answer.js';
import type { CallOptions, HttpContext, HttpOptions, HttpRequest } from './http.js';
import { heardNothing } from './kept-connection.js';

/** What all requests of one client have in common. */
export interface Setup {
  readonly context: HttpContext;
  readonly options: HttpOptions;
  readonly agents: Agents;
}

/** One request with what it shows of us. */
interface Sending {
  readonly request: HttpRequest<TSchema>;
  readonly signal: AbortSignal;
  readonly credentials: Credentials;
}

/** A query in which a space is `%20`, and `$` stays: OData names begin with it. */
const queryText = (query: CallOptions['query']): string => {
  const named = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) named.append(name, String(value));
  }
  return named.toString().replaceAll('+', '%20').replaceAll('%24', '$');
};

/** A path below the base address; a query that is in the path already stays as it is. */
export const addressOf = (baseUrl: string, path: string, query: CallOptions['query']): URL => {
  const base = new URL(baseUrl);
  const text = queryText(query);
  const more = text === '' ? '' : `${path.includes('?') ? '&' : '?'}${text}`;
  const address = new URL(`${base.pathname.replace(/\/+$/, '')}${path}${more}`, base.origin);
  if (address.origin !== base.origin)
    throw new Failure('pause', 'A path that leads to another host is never called', {
      code: 'misconfigured',
    });
  return address;
};

const contentOf = ({
  json,
  body,
  form,
}: HttpRequest<TSchema>): { data?: unknown; headers: Record<string, string> } => {
  if (form) return formOf(form);
  if (body !== undefined) return { data: body, headers: {} };
  if (json === undefined) return { headers: {} };
  return { data: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
};

/** True of a request that brings nothing about. */
export const isReading = ({ method, reads }: HttpRequest<TSchema>): boolean =>
  reads ?? method === 'GET';

/** Axios without what it does around a request for others: we hand it bytes, and read its answer ourselves. */
const overHttp: (config: InternalAxiosRequestConfig) => Promise<AxiosResponse<Readable>> =
  axios.getAdapter('http');

const sendOver = (
  { httpAgent, httpsAgent }: Agents['anew'],
  { options }: Setup,
  { request, signal, credentials }: Sending,
): Promise<AxiosResponse<Readable>> => {
  // Where that is over already, it would be sent all the same.
  signal.throwIfAborted();
  const content = contentOf(request);
  return overHttp({
    httpAgent,
    httpsAgent,
    url: addressOf(options.baseUrl, request.path, request.query).href,
    method: request.method,
    headers: new AxiosHeaders({
      accept: 'application/json',
      'user-agent': 'LB-bus',
      ...options.headers,
      ...credentials,
      ...content.headers,
      ...request.headers,
    }),
    data: content.data,
    signal,
    responseType: 'stream',
    maxRedirects: 0,
    maxBodyLength: Infinity,
    proxy: false,
    validateStatus: null,
  });
};

const droppedCodes = new Set(['ECONNRESET', 'EPIPE']);

const wasClosed = (error: unknown): boolean => {
  if (!axios.isAxiosError(error) || !droppedCodes.has(error.code ?? '')) return false;
  const asked: unknown = error.request;
  return asked instanceof ClientRequest && heardNothing(asked);
};

/**
 * Where the other side had closed a connection that was kept, what only reads goes again at once over a new one; what may act
 * never does: whether the other side had read it cannot be told.
 */
const send = async (setup: Setup, sending: Sending): Promise<AxiosResponse<Readable>> => {
  try {
    return await sendOver(setup.agents, setup, sending);
  } catch (error) {
    if (!isReading(sending.request) || !wasClosed(error)) throw error;
    return sendOver(setup.agents.anew, setup, sending);
  }
};

const needsToken = (auth: Auth | undefined): auth is TokenAuth =>
  auth !== undefined && typeof auth !== 'function';

/**
 * Sends once, or what only reads once more where a kept connection was closed. Only where a token that had worked before is refused, which the other side does before it acts, the
 * request goes again with a fresh one; a streamed form does not, as it is gone.
 */
export const exchange = async (
  setup: Setup,
  request: HttpRequest<TSchema>,
  signal: AbortSignal,
): Promise<AxiosResponse<Readable>> => {
  const { auth } = setup.options;
  if (!needsToken(auth)) return send(setup, { request, signal, credentials: auth?.() ?? {} });
  const credentials = await auth.credentials(signal);
  const raw = await send(setup, { request, signal, credentials });
  if (raw.status !== 401 || !auth.refused(credentials) || request.form) return raw;
  await discard(raw, signal);
  return send(setup, { request, signal, credentials: await auth.credentials(signal) });
};

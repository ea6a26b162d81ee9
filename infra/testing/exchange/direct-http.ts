import type { TSchema } from '@sinclair/typebox';
import type { TokenAuth } from '#kit/auth.js';
import { callsBy } from '#kit/http-calls.js';
import { addressOf } from '#kit/http-exchange.js';
import { failureOfStatus } from '#kit/http-failure.js';
import type { HttpClient, HttpContext, HttpOptions, HttpRequest, HttpResponse } from '#kit/http.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';

/** A client as far as a request to a simulated system needs it. */
interface Asking {
  readonly options: HttpOptions;
}

/** Answers a request to a simulated system. */
export type Answering = (request: SimulatedRequest) => SimulatedAnswer | Promise<SimulatedAnswer>;

const textOf = ({ json, body }: HttpRequest<TSchema>): string =>
  typeof body === 'string' ? body : json === undefined ? '' : JSON.stringify(json);

const simulated = (
  { options }: Asking,
  basePath: string,
  one: HttpRequest<TSchema>,
  credentials: Readonly<Record<string, string>>,
): SimulatedRequest => {
  if (one.form) throw new Error('files go over real HTTP');
  const address = addressOf(options.baseUrl, one.path, one.query);
  const text = textOf(one);
  const headers = {
    accept: 'application/json',
    ...(one.json !== undefined && { 'content-type': 'application/json' }),
    ...options.headers,
    ...credentials,
    ...one.headers,
  };
  return {
    method: one.method,
    path: address.pathname.slice(basePath.length),
    query: address.searchParams,
    headers,
    body: Buffer.from(text),
    json: one.json === undefined ? null : (JSON.parse(text) as SimulatedRequest['json']),
  };
};

const bodyOf = ({ json, body = '' }: SimulatedAnswer): unknown => {
  if (json !== undefined) return JSON.parse(JSON.stringify(json)) as unknown;
  return body === '' ? null : body.toString();
};

const isToken = (auth: HttpOptions['auth']): auth is TokenAuth =>
  auth !== undefined && typeof auth !== 'function';

/** A client whose requests reach a simulated system without a network: thousands of interleavings in seconds. */
export const directHttp =
  (context: HttpContext, basePath: string, answering: Answering) =>
  (options: HttpOptions): HttpClient => {
    const setup = { context, options };
    const { auth } = options;
    const ask = async (one: HttpRequest<TSchema>): Promise<SimulatedAnswer> => {
      const known = typeof auth === 'function' ? auth() : {};
      const credentials = isToken(auth) ? await auth.credentials(one.signal) : known;
      const answer = await answering(simulated(setup, basePath, one, credentials));
      if (answer.status !== 401 || !isToken(auth) || !auth.refused(credentials)) return answer;
      return answering(simulated(setup, basePath, one, await auth.credentials(one.signal)));
    };
    const sendOnce = async (one: HttpRequest<TSchema>): Promise<HttpResponse> => {
      const told = { system: context.system, method: one.method, path: one.path };
      const answer = await ask(one);
      const { status, headers = {} } = answer;
      const response = { status, headers, body: bodyOf(answer) };
      if (status >= 200 && status < 300) return response;
      throw failureOfStatus(told, response, context);
    };
    return callsBy(setup, sendOnce);
  };

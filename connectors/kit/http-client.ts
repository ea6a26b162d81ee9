import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Static, TSchema } from '@sinclair/typebox';
import axios from 'axios';
import type { AxiosResponse } from 'axios';
import { agentsFor } from './agents.js';
import { Failure } from './failure.js';
import { formOf } from './form.js';
import { readAnswer } from './http-answer.js';
import { failureOfNetwork, failureOfStatus, failureOfTimeout } from './http-failure.js';
import type { Exchange } from './http-failure.js';
import type {
  CallOptions,
  HttpClient,
  HttpContext,
  HttpOptions,
  HttpRequest,
  HttpResponse,
  Method,
} from './http.js';
import { validatorOf } from './validator.js';

const defaults = { timeoutMs: 30_000, maxAnswerBytes: 10 * 1024 * 1024 };

const addressOf = (baseUrl: string, path: string, query: CallOptions['query']): URL => {
  const base = new URL(baseUrl);
  const address = new URL(`${base.pathname.replace(/\/+$/, '')}${path}`, base.origin);
  if (address.origin !== base.origin)
    throw new Failure('pause', 'A path that leads to another host is never called', {
      code: 'misconfigured',
    });
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) address.searchParams.append(name, String(value));
  }
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

const shaped = <T extends TSchema>(
  exchange: Exchange,
  as: T | undefined,
  response: HttpResponse,
): HttpResponse<Static<T>> => {
  const validate = as && validatorOf(as);
  if (!validate || validate(response.body)) return response;
  const where = validate.errors?.[0]?.instancePath ?? '';
  throw new Failure(
    'retry',
    `${exchange.system} answered ${exchange.method} with another shape than it documents, at "${where}"`,
    { code: 'unavailable' },
  );
};

const refusePlain = (system: string, baseUrl: string, mayBePrivate: boolean): void => {
  if (mayBePrivate || baseUrl.startsWith('https://')) return;
  throw new Failure('pause', `The address of ${system} must begin with https://`, {
    code: 'misconfigured',
  });
};

interface Setup {
  readonly context: HttpContext;
  readonly options: HttpOptions;
  readonly mayBePrivate: boolean;
}

const exchange = async (
  { options, mayBePrivate }: Setup,
  request: HttpRequest<TSchema>,
  signal: AbortSignal,
): Promise<AxiosResponse<Readable>> => {
  const content = contentOf(request);
  return axios.request<Readable>({
    ...agentsFor(mayBePrivate),
    url: addressOf(options.baseUrl, request.path, request.query).href,
    method: request.method,
    headers: {
      accept: 'application/json',
      'user-agent': 'LB-bus',
      ...options.headers,
      ...options.auth?.(),
      ...content.headers,
      ...request.headers,
    },
    data: content.data,
    signal,
    responseType: 'stream',
    maxRedirects: 0,
    maxBodyLength: Infinity,
    proxy: false,
    validateStatus: null,
  });
};

/** Methods that bring nothing about. */
const reading: ReadonlySet<Method> = new Set<Method>(['GET']);

/**
 * Lets timers whose time has come go first, before something acts. A process that was frozen hears the answer of its look-up before its own deadline,
 * and would do what another process has done since.
 */
const overdueTimers = async (method: Method): Promise<void> => {
  if (!reading.has(method)) await pause(0);
};

/** One request, one observation, one answer or `Failure`. */
const sendOnce = async (setup: Setup, request: HttpRequest<TSchema>): Promise<HttpResponse> => {
  const { context, options } = setup;
  const told: Exchange = { system: context.system, method: request.method, path: request.path };
  const begun = performance.now();
  const observe = (status: string): void =>
    context.observe({ status, durationMs: performance.now() - begun });
  const timeoutMs = options.timeoutMs ?? defaults.timeoutMs;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  const failed = (error: unknown): Failure =>
    signal.aborted && !(error instanceof Failure)
      ? failureOfTimeout(told, Math.round(performance.now() - begun))
      : failureOfNetwork(told, error);
  try {
    await overdueTimers(request.method);
    const answer = await readAnswer(await exchange(setup, request, signal), {
      told,
      signal,
      maxAnswerBytes: options.maxAnswerBytes ?? defaults.maxAnswerBytes,
      expect: request.expect ?? 'json',
    });
    observe(String(answer.status));
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw failureOfStatus(told, answer, context.failures);
  } catch (error) {
    const failure = failed(error);
    if (failure !== error) observe(failure.code);
    throw failure;
  }
};

/** Makes the clients of one connector instance. */
export const createHttp =
  (context: HttpContext) =>
  (options: HttpOptions): HttpClient => {
    const mayBePrivate = context.mayBePrivate(new URL(options.baseUrl).hostname);
    refusePlain(context.system, options.baseUrl, mayBePrivate);
    const setup = { context, options, mayBePrivate };

    const request: HttpClient['request'] = async (one) =>
      shaped(
        { system: context.system, method: one.method, path: one.path },
        one.as,
        await sendOnce(setup, one),
      );
    const sending =
      (method: Method): HttpClient['post'] =>
      async (path, json, call) =>
        (await request({ ...call, method, path, json })).body;
    const reading =
      (method: Method): HttpClient['get'] =>
      async (path, call) =>
        (await request({ ...call, method, path })).body;

    return {
      request,
      get: reading('GET'),
      delete: reading('DELETE'),
      post: sending('POST'),
      put: sending('PUT'),
      patch: sending('PATCH'),
    };
  };

import { setTimeout as pause } from 'node:timers/promises';
import type { TSchema } from '@sinclair/typebox';
import { agentsFor } from './agents.js';
import { Failure } from './failure.js';
import { readAnswer } from './http-answer.js';
import { callsBy } from './http-calls.js';
import { exchange, isReading } from './http-exchange.js';
import type { Setup } from './http-exchange.js';
import { failureOfNetwork, failureOfStatus, failureOfTimeout } from './http-failure.js';
import type { Exchange } from './http-failure.js';
import { limitTo, type Limit } from './limit.js';
import { secureContextOf } from './tls.js';
import type { HttpClient, HttpContext, HttpOptions, HttpRequest, HttpResponse } from './http.js';

const defaults = { timeoutMs: 30_000, maxAnswerBytes: 10 * 1024 * 1024 };

const refusePlain = (system: string, baseUrl: string, mayBePrivate: boolean): void => {
  if (mayBePrivate || baseUrl.startsWith('https://')) return;
  throw new Failure('pause', `The address of ${system} must begin with https://`, {
    code: 'misconfigured',
  });
};

/**
 * Lets timers whose time has come go first, before something acts. A process that was frozen hears the answer of its look-up before its own deadline,
 * and would do what another process has done since.
 */
const overdueTimers = async (request: HttpRequest<TSchema>): Promise<void> => {
  if (!isReading(request)) await pause(0);
};

/** How long a file takes is nobody's fault: one that goes or comes has only the deadline of whoever asks for it. */
const limitOf = ({ options }: Setup, { signal, form, expect }: HttpRequest<TSchema>): Limit =>
  form || expect === 'stream'
    ? { signal, end: () => undefined }
    : limitTo(options.timeoutMs ?? defaults.timeoutMs, signal);

/** One request, one observation, one answer or `Failure`. */
const sendOnce = async (setup: Setup, request: HttpRequest<TSchema>): Promise<HttpResponse> => {
  const { context, options } = setup;
  const told: Exchange = { system: context.system, method: request.method, path: request.path };
  const begun = performance.now();
  const observe = (status: string): void =>
    context.observe({
      method: request.method,
      status,
      durationMs: performance.now() - begun,
    });
  const { signal, end } = limitOf(setup, request);
  const failed = (error: unknown): Failure =>
    signal.aborted && !(error instanceof Failure)
      ? failureOfTimeout(told, Math.round(performance.now() - begun))
      : failureOfNetwork(told, error);
  try {
    await overdueTimers(request);
    const raw = await exchange(setup, request, signal);
    const answer = await readAnswer(raw, {
      told,
      signal,
      maxAnswerBytes: options.maxAnswerBytes ?? defaults.maxAnswerBytes,
      expect: request.expect ?? 'json',
    }).catch((error: unknown) => {
      if (error instanceof Failure) observe(error.code);
      throw error;
    });
    observe(String(answer.status));
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw failureOfStatus(told, answer, context);
  } catch (error) {
    const failure = failed(error);
    if (failure !== error) observe(failure.code);
    throw failure;
  } finally {
    end();
  }
};

/** Makes the clients of one connector instance. */
export const createHttp =
  (context: HttpContext) =>
  (options: HttpOptions): HttpClient => {
    const mayBePrivate = context.mayBePrivate(new URL(options.baseUrl).hostname);
    refusePlain(context.system, options.baseUrl, mayBePrivate);
    const secureContext =
      options.certificate && secureContextOf(context.system, options.certificate);
    const setup = { context, options, agents: agentsFor(mayBePrivate, secureContext) };
    return callsBy(setup, (one) => sendOnce(setup, one));
  };

import type { TSchema } from '@sinclair/typebox';
import { batchRequest, readBatch } from './http-batch.js';
import { shaped } from './http-shape.js';
import type {
  HttpClient,
  HttpContext,
  HttpOptions,
  HttpRequest,
  HttpResponse,
  Method,
} from './http.js';

/** What the calls of a client need to know of it. */
export interface Called {
  readonly context: HttpContext;
  readonly options: HttpOptions;
}

/** Brings one request to the other side: its answer where that is good, a `Failure` where it is not. */
export type SendOnce = (request: HttpRequest<TSchema>) => Promise<HttpResponse>;

/** The client whose every call is one request of this kind, its answer checked against what the caller expects. */
export const callsBy = (called: Called, sendOnce: SendOnce): HttpClient => {
  const request: HttpClient['request'] = async (one) =>
    shaped(
      { system: called.context.system, method: one.method, path: one.path },
      one.as,
      await sendOnce(one),
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
    batch: async (one) => readBatch(called, one, await sendOnce(batchRequest(called, one))),
  };
};

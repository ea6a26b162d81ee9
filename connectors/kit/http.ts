import type { Static, TSchema, TUnknown } from '@sinclair/typebox';
import type { Auth } from './auth.js';
import type { ErrorCodes, FailureTable } from './definition.js';
import type { FormPart } from './form.js';
import type { ClientCertificate } from './tls.js';

/** What an answer has to be. */
export type Expected = 'json' | 'xml' | 'text' | 'nothing' | 'stream';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

export interface HttpOptions {
  /** Absolute address under which every path lies. */
  readonly baseUrl: string;
  readonly auth?: Auth;
  readonly headers?: Readonly<Record<string, string>>;
  /** What we show of ourselves in TLS, where the other side asks it (mutual TLS). */
  readonly certificate?: ClientCertificate;
  /** From the first byte sent to the last one received; default 30,000. Uploads of files have only the deadline of `signal`. */
  readonly timeoutMs?: number;
  /** Longest answer that is read; default 10 MiB. */
  readonly maxAnswerBytes?: number;
}

/** What a call may carry besides its path. */
export interface CallOptions<T extends TSchema = TUnknown> {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The shape that the answer must have; another is a `Failure`. Types the answer. */
  readonly as?: T;
  readonly signal: AbortSignal;
}

export interface HttpRequest<T extends TSchema = TUnknown> extends CallOptions<T> {
  readonly method: Method;
  readonly path: string;
  /** True where it brings nothing about, whatever its method; by default a GET does not. */
  readonly reads?: boolean;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with `content-type` from `headers`. */
  readonly body?: string | Buffer;
  /** Sent as multipart/form-data, streamed. */
  readonly form?: readonly FormPart[];
  /** `nothing`: any 2xx is fine, whatever it says; `text`: the body as it is; `xml`: an `XmlElement`; `stream`: a `Readable`, to be read at once. Default `json`. */
  readonly expect?: Expected;
}

/** One request within a batch. */
export type BatchPart = Pick<
  HttpRequest<TSchema>,
  'method' | 'path' | 'query' | 'headers' | 'json'
> & {
  readonly as?: TSchema;
};

/** Several requests in the body of one (OData 4.0, 11.7): what their addresses say stands in no log of addresses. */
export interface BatchRequest {
  readonly path: string;
  /** A list within the list is a change set: done whole, or not at all. */
  readonly parts: readonly (BatchPart | readonly BatchPart[])[];
  readonly signal: AbortSignal;
}

export interface HttpResponse<T = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; null where the answer was empty. */
  readonly body: T;
}

/**
 * Sends once; every raw failure comes out as a `Failure`. Never follows a redirect, and never retries, but for what only reads
 * where the other side had closed a connection that was kept alive.
 */
export interface HttpClient {
  request<T extends TSchema = TUnknown>(request: HttpRequest<T>): Promise<HttpResponse<Static<T>>>;
  get<T extends TSchema = TUnknown>(path: string, options: CallOptions<T>): Promise<Static<T>>;
  post<T extends TSchema = TUnknown>(
    path: string,
    json: unknown,
    options: CallOptions<T>,
  ): Promise<Static<T>>;
  put<T extends TSchema = TUnknown>(
    path: string,
    json: unknown,
    options: CallOptions<T>,
  ): Promise<Static<T>>;
  patch<T extends TSchema = TUnknown>(
    path: string,
    json: unknown,
    options: CallOptions<T>,
  ): Promise<Static<T>>;
  delete<T extends TSchema = TUnknown>(path: string, options: CallOptions<T>): Promise<Static<T>>;
  /** Answers per item of `parts`, in order; the `Failure` of the first that failed. */
  batch(request: BatchRequest): Promise<HttpResponse[][]>;
}

/** For metrics and traces: `status` is the HTTP status, or the code of the failure where none came. */
export interface ObservedRequest {
  readonly method: Method;
  readonly status: string;
  readonly durationMs: number;
}

/** What the bus decides about all clients of one connector instance. */
export interface HttpContext {
  /** Name of the system in failures. */
  readonly system: string;
  readonly failures: FailureTable;
  readonly errors?: ErrorCodes | undefined;
  /** True where the host may have a private address and may be called without TLS. */
  readonly mayBePrivate: (host: string) => boolean;
  readonly observe: (request: ObservedRequest) => void;
}

import { languageHeader } from '../texts/language.ts';
import { ApiProblem, away } from './problem.ts';

/** Somebody who did nothing for this long only watches: what the page asks by itself keeps no session alive. */
const watchingAfterMs = 60_000;
let lastActMs = Date.now();
for (const act of ['pointerdown', 'keydown', 'wheel'])
  globalThis.addEventListener(act, () => (lastActMs = Date.now()), { passive: true });

type EndListener = () => void;
const endListeners = new Set<EndListener>();

/** Calls back when the server says that nobody is signed in any more. Returns the way to stop. */
export const onSessionEnd = (listener: EndListener): (() => void) => {
  endListeners.add(listener);
  return () => endListeners.delete(listener);
};

const problemOf = async (response: Response): Promise<ApiProblem> => {
  const text = await response.text();
  try {
    return new ApiProblem(response.status, JSON.parse(text) as object);
  } catch {
    return response.status >= 500 ? away() : new ApiProblem(response.status, {});
  }
};

interface Asking {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const headersOf = ({ method, body, headers }: Asking): Record<string, string> => ({
  accept: 'application/json',
  ...languageHeader(),
  'x-lbbus-console':
    method !== 'GET' || Date.now() - lastActMs < watchingAfterMs ? '1' : 'watching',
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...headers,
});

const send = async (path: string, asking: Asking): Promise<Response> => {
  try {
    return await fetch(path, {
      method: asking.method,
      headers: headersOf(asking),
      ...(asking.body !== undefined && { body: JSON.stringify(asking.body) }),
      ...(asking.signal && { signal: asking.signal }),
    });
  } catch (error) {
    if (asking.signal?.aborted) throw error;
    throw away();
  }
};

/** Asks the server of the console; a path that does not begin with `/` is below `/admin/v1`. Throws `ApiProblem`. */
export const ask = async <T>(path: string, asking: Asking): Promise<T> => {
  const response = await send(path.startsWith('/') ? path : `/admin/v1/${path}`, asking);
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401) for (const listener of endListeners) listener();
    throw problem;
  }
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
};

/** Reads below `/admin/v1`; `get('messages?limit=50')`. Throws `ApiProblem`. */
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  ask<T>(path, { method: 'GET', signal });

/** Does something below `/admin/v1`. Throws `ApiProblem`. */
export const post = <T>(
  path: string,
  body: unknown = {},
  headers?: Readonly<Record<string, string>>,
): Promise<T> => ask<T>(path, { method: 'POST', body, headers });

/** Puts something in its place below `/admin/v1`. Throws `ApiProblem`. */
export const put = <T>(
  path: string,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<T> => ask<T>(path, { method: 'PUT', body, headers });

/** Takes something away below `/admin/v1`. Throws `ApiProblem`. */
export const remove = <T>(path: string, body: unknown = {}): Promise<T> =>
  ask<T>(path, { method: 'DELETE', body });

/** A query of an address from what is given: what is undefined, null or empty is left out. */
export const queryOf = (
  wishes: Readonly<Record<string, string | number | boolean | null | undefined>>,
): string => {
  const given = Object.entries(wishes).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query === '' ? '' : `?${query}`;
};

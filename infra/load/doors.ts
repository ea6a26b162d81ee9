import { setTimeout as pause } from 'node:timers/promises';

/** The gateways as an application reaches them: one after the other. */
export interface Doors {
  /** One call at the next gateway. Null where no answer came. */
  readonly call: (path: string, key: string, request?: Request) => Promise<Answer | null>;
  /** Calls until `isTold` says that the answer counts or the signal ends it: as a careful application does, unchanged. */
  readonly insist: (
    path: string,
    key: string,
    request: Request & { readonly signal: AbortSignal },
  ) => Promise<Answer | null>;
  /** How often each status was answered; 0 where no answer came. */
  readonly answers: ReadonlyMap<number, number>;
}

export interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number;
  /** When the call was made that got this answer, ms since 1970. */
  readonly calledAtMs: number;
}

const answerMs = 10_000;
const longestWaitMs = 2_000;
const usualWaitMs = 300;

const jsonOf = (text: string): Answer['json'] => {
  try {
    return JSON.parse(text) as Answer['json'];
  } catch {
    return {};
  }
};

const askOnce = async (url: string, key: string, request: Request): Promise<Answer | null> => {
  const calledAtMs = Date.now();
  try {
    const response = await fetch(url, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(answerMs),
    });
    const json = jsonOf(await response.text());
    const retryAfterMs = 1_000 * Number(response.headers.get('retry-after') ?? 0);
    return { status: response.status, json, retryAfterMs, calledAtMs };
  } catch {
    return null;
  }
};

/** Nobody was told anything: the same is sent again. */
const isMute = (answer: Answer | null): boolean =>
  answer === null || answer.status === 408 || answer.status === 429 || answer.status >= 500;

/** Doors of gateways at these addresses. */
export const doorsAt = (urls: readonly string[]): Doors => {
  const answers = new Map<number, number>();
  let turn = 0;
  const call: Doors['call'] = async (path, key, request = {}) => {
    const url = urls[(turn += 1) % urls.length] ?? '';
    const answer = await askOnce(`${url}${path}`, key, request);
    const status = answer?.status ?? 0;
    answers.set(status, 1 + (answers.get(status) ?? 0));
    return answer;
  };
  return {
    answers,
    call,
    insist: async (path, key, { signal, ...request }) => {
      while (!signal.aborted) {
        const answer = await call(path, key, request);
        if (!isMute(answer)) return answer;
        const waitMs = Math.min(longestWaitMs, answer?.retryAfterMs || usualWaitMs);
        await pause(waitMs * (0.75 + 0.5 * Math.random()));
      }
      return null;
    },
  };
};

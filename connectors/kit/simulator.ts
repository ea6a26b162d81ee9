import type { Json } from './message.js';
import type { JsonBody } from './simulator-request.js';

/** One tenant's own environment in a simulator: a base path and credentials of its own. */
export interface Account {
  readonly name: string;
  readonly secret: string;
}

export interface SimulatedRequest {
  readonly method: string;
  /** Below the account's base path, with leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body as JSON; `null` where it is none. */
  readonly json: JsonBody;
  /** In DER: what the caller showed in TLS; absent over plain HTTP. */
  readonly certificate?: Buffer;
}

export interface SimulatedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string | Buffer;
}

/** What an environment may do to the world outside it. */
export interface SimulatorTools {
  /** Path and origin of the account. */
  readonly baseUrl: string;
  readonly now: () => Date;
  /** Calls out once, as the real system would from its own automation: no retry, the answer is ignored. */
  readonly call: (url: string, headers: Readonly<Record<string, string>>, json: Json) => void;
}

/**
 * Stands in for a real system over HTTP. As strict as the system, never kinder: limits, required fields, error
 * bodies, paging and credentials after the specification that `source` names. S is the state of one account.
 */
export interface SimulatorDefinition<S = unknown> {
  readonly title: string;
  /** Name and version of the specification that it follows. */
  readonly source: string;
  /** Where it gives tokens, below an account. Faults leave that alone, except those that are `at` it. */
  readonly tokenPath?: string;
  open(account: Account, tools: SimulatorTools): S;
  /** Settings with which the connector reaches this account. */
  settings(baseUrl: string, account: Account): Record<string, unknown>;
  handle(request: SimulatedRequest, state: S): SimulatedAnswer | Promise<SimulatedAnswer>;
  /** What messages have brought about, one entry per act: grows by one, once, for each thing done. */
  effects(state: S): readonly Json[];
  /** What an observer may see of an account. */
  inspect(state: S): Json;
  /** Texts that the system shows as markup, where it does; without it every request body is looked at. */
  rendered?(state: S): readonly string[];
  /** What people at the other side would do, by name. */
  readonly drivers?: Readonly<Record<string, (state: S, input: Json) => Json>>;
}

/** Types the state between `open` and the other functions. */
export const defineSimulator = <S>(definition: SimulatorDefinition<S>): SimulatorDefinition =>
  definition as SimulatorDefinition;

export type FaultKind =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'drop' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'login-page' }
  | { readonly kind: 'broken-json' }
  | { readonly kind: 'huge'; readonly sizeBytes: number }
  | { readonly kind: 'redirect'; readonly location: string };

/** What goes wrong with the next `times` requests that match; `handled` lets the system act first (a lost reply). */
export type Fault = FaultKind & {
  readonly account?: string;
  readonly methods?: readonly string[];
  readonly at?: 'token';
  readonly times?: number;
  /** Matching requests that go well first. */
  readonly skip?: number;
  readonly handled?: boolean;
};

export interface LedgerEntry {
  readonly account: string;
  readonly method: string;
  readonly path: string;
  /** True where it asked for a token. */
  readonly forToken: boolean;
  readonly query: string;
  readonly body: string;
  /** Null where no answer was given. */
  readonly status: number | null;
}

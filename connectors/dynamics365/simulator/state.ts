import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '#kit/message.js';
import type { Registered } from '#kit/simulator-webhook.js';
import type { Account, SimulatorTools } from '#kit/simulator.js';
import { tables } from './tables.js';
import type { Table } from './tables.js';

/** What is wrong with a request, as the Web API says it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export type Value = string | number | boolean | null;

export interface Row {
  readonly id: string;
  version: number;
  readonly values: Record<string, Value>;
}

export interface Deletion {
  readonly set: string;
  readonly id: string;
  readonly version: number;
}

/** A query whose next page was promised. */
export interface Continuation {
  readonly rows: readonly (Row | Deletion)[];
  readonly version: number;
}

export interface Environment {
  readonly account: Account;
  readonly tools: SimulatorTools;
  readonly userId: string;
  readonly organizationId: string;
  tables: Map<string, Map<string, Row>>;
  deletions: Deletion[];
  /** Row version of the whole environment. */
  version: number;
  /** When each token ends, by its text. */
  readonly tokens: Map<string, number>;
  readonly continuations: Map<string, Continuation>;
  /** One entry per act that a caller of the API brought about. */
  effects: Json[];
  webhook: Registered | null;
  mayWrite: boolean;
  uploadLimitBytes: number;
  /** How this environment wants the incident in CloseIncident. */
  closing: 'action' | 'action-with-id';
  /** What an administrator left undone, or the system does wrong. */
  readonly flaws: Set<Flaw>;
  throttled: { readonly limit: Limit; left: number; readonly retryAfterSeconds: number } | null;
}

/** `wrong-types`, `foreign-link`, `foreign-rows`: a hostile or broken system; the rest: an unfinished configuration. */
export type Flaw =
  'wrong-types' | 'foreign-link' | 'foreign-rows' | 'key-pending' | 'no-key' | 'no-tracking';

export type Limit = 'requests' | 'time' | 'concurrency';

/** The same id for the same thing at every start. */
const idOf = (...parts: string[]): string => {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex');
  const pieces = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  return [...pieces, hex.slice(20, 32)].join('-');
};

/** Contact that stands for anonymous melders, in every environment. */
export const anonymousContact = '9d1f2f3a-0c1d-4e5f-8a9b-1c2d3e4f5a6b';

/** Dataverse shows whole seconds. */
export const secondsNow = ({ tools }: Environment): string =>
  tools
    .now()
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z');

export const newId = (): string => randomUUID();

export const rowsOf = ({ tables: kept }: Environment, { set }: Table): Map<string, Row> =>
  kept.get(set) ?? new Map<string, Row>();

const seed = (environment: Environment): void => {
  const { organizationId } = environment;
  const now = secondsNow(environment);
  const put = (set: string, id: string, values: Record<string, Value>): void => {
    environment.version += 1;
    environment.tables.get(set)?.set(id, { id, version: environment.version, values });
  };
  put('organizations', organizationId, {
    organizationid: organizationId,
    maxuploadfilesize: environment.uploadLimitBytes,
    name: 'org',
  });
  put('contacts', anonymousContact, {
    contactid: anonymousContact,
    lastname: 'Anonieme melder',
    statecode: 0,
    statuscode: 1,
    createdon: now,
    modifiedon: now,
  });
};

export const openEnvironment = (account: Account, tools: SimulatorTools): Environment => {
  const environment: Environment = {
    account,
    tools,
    userId: idOf('user', account.name),
    organizationId: idOf('organization', account.name),
    tables: new Map(tables.map(({ set }) => [set, new Map<string, Row>()])),
    deletions: [],
    version: 1_000_000,
    tokens: new Map(),
    continuations: new Map(),
    effects: [],
    webhook: null,
    mayWrite: true,
    uploadLimitBytes: 5_242_880,
    closing: 'action',
    flaws: new Set(),
    throttled: null,
  };
  seed(environment);
  return environment;
};

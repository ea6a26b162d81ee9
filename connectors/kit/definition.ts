import type { Static, TObject } from '@sinclair/typebox';
import type { FailureCode, Verdict } from './failure.js';
import type { Platform } from './platform.js';
import type { SimulatorDefinition } from './simulator.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A message as a connector sees it: the CloudEvent of the sender, decrypted and validated. */
export interface Message<D = unknown> {
  /** Id of the message on the bus: the same however often it is sent. */
  readonly busId: string;
  readonly tenant: string;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: D;
  /** The whole CloudEvent that an application receives (context as absolute address, tenant, busid). */
  readonly event: Record<string, Json>;
}

/** What `send` may know besides the request. The bus retries, sleeps and logs; `send` never does. */
export interface SendContext {
  /** The bus id: the reference under which the other side must recognise a repeat. */
  readonly messageId: string;
  /** Id in the external system of the thing the message is about, where an earlier delivery or item taught it. */
  readonly reference: string | null;
  /** True where an earlier attempt may have reached the other side without our knowing. */
  readonly redelivered: boolean;
  readonly signal: AbortSignal;
  readonly attachment: (uri: string) => Promise<Attachment>;
}

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly content: NodeJS.ReadableStream;
}

/** What the bus remembers about a subject in one external system. */
export interface Reference {
  readonly externalId: string;
  /** Last state known there; a source compares with it, so that an update of ours does not echo. */
  readonly state?: Json;
}

/** The OSLO object of a message that an operation or source gives back. */
export interface Derived {
  readonly type: string;
  /** Unique within the system and the same for the same fact: repeats are recognised by it. */
  readonly id: string;
  readonly time: string;
  readonly data: Record<string, unknown>;
}

/** A message type or, for connectors that carry everything (an application's endpoint), `'any'`. */
export type Accepts<D> = TypeToken<D> | 'any';

/** Names a message type and carries the type of its data for the compiler. */
export interface TypeToken<D> {
  readonly type: string;
  readonly __data?: D;
}

export interface Operation<S, C, D, R, A> {
  readonly summary: string;
  readonly accepts: Accepts<D>;
  /** Message type that `answer` makes. */
  readonly answers?: TypeToken<unknown>;
  /**
   * What happens when the same request is sent twice: `idempotent` the other side ignores it, `by-reference`
   * `send` looks it up first, `may-repeat` it acts twice (the trace says so).
   */
  readonly redelivery: 'idempotent' | 'by-reference' | 'may-repeat';
  /** Pure: OSLO to theirs. Throws `Failure('reject')` with a pointer where the message cannot be expressed there. */
  readonly map: (message: Message<D>, settings: S) => R;
  readonly send: (client: C, request: R, context: SendContext) => Promise<A>;
  /** Pure: what to remember about the subject; null where nothing. */
  readonly refer?: (result: A, request: R) => Reference | null;
  /** Pure: theirs to OSLO; null where there is nothing to tell. */
  readonly answer?: (result: A, message: Message<D>, settings: S) => Derived | null;
}

export interface HookRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface SourceItemContext<S> {
  /** IRI of the subject that this item is about; null where the bus has never met the external id. */
  readonly subject: string | null;
  /** What was last remembered under that external id. */
  readonly state: Json | undefined;
  readonly settings: S;
}

export interface SourceResult {
  readonly message: Derived | null;
  readonly state: Json;
}

/** Brings what changed in the external system onto the bus: polled, hinted at by a webhook, or both. */
export interface Source<S, C, I> {
  readonly summary: string;
  readonly emits: TypeToken<unknown>;
  readonly poll?: {
    readonly everySeconds: (settings: S) => number;
    /** One page after `cursor` (null at the very first time); items oldest first. */
    readonly read: (
      client: C,
      cursor: Json,
      context: { readonly signal: AbortSignal; readonly settings: S; readonly now: Date },
    ) => Promise<{ items: I[]; cursor: Json; more: boolean }>;
  };
  readonly webhook?: {
    /** Throws `Failure('reject')` where the call is not what it says it is. */
    readonly verify: (request: HookRequest, settings: S) => void;
    /** The items a call is about; usually read again from the system, as a call is only a hint. */
    readonly read: (
      client: C,
      request: HookRequest,
      context: { readonly signal: AbortSignal; readonly settings: S },
    ) => Promise<I[]>;
  };
  readonly externalId: (item: I) => string;
  /** Pure. A repeated or out-of-order item gives `message: null`; `state` is kept in either case. */
  readonly map: (item: I, context: SourceItemContext<S>) => SourceResult;
}

/** Deviations from the kit's table of HTTP statuses. */
export type FailureTable = Readonly<Record<number, readonly [Verdict, FailureCode]>>;

export interface ConnectorDefinition<T extends TObject = TObject, C = unknown> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly docs: string;
  readonly settings: T;
  readonly failures?: FailureTable;
  readonly connect: (settings: Static<T>, platform: Platform) => C | Promise<C>;
  /** Read-only probe for "check now": throws a `Failure` that says what is wrong. */
  readonly check: (client: C, context: { readonly signal: AbortSignal }) => Promise<unknown>;
  readonly operations: Readonly<Record<string, Operation<Static<T>, C, never, never, never>>>;
  readonly sources?: Readonly<Record<string, Source<Static<T>, C, never>>>;
  readonly simulator: SimulatorDefinition | null;
}

import type { Static, TObject } from '@sinclair/typebox';
import type { FailureCode, Verdict } from './failure.js';
import type { HttpClient } from './http.js';
import type { Platform } from './platform.js';
import type { Proposal, ProposalContext } from './proposal.js';
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
  /** What was last remembered of the thing under that id; none where nothing was. */
  readonly state?: Json | undefined;
  /** What an earlier message about the thing left here (`keep`); none where nothing is kept, or not any more. */
  readonly kept?: Json | undefined;
  /** True where an earlier attempt may have reached the other side without our knowing. */
  readonly redelivered: boolean;
  /** What an earlier attempt said of a request that the other side has taken (`FailureDetails.taken`): ask how it went, do not send it again. */
  readonly taken?: string;
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
  /**
   * State in which this very request left the thing; a source compares with it, so that an update of ours does not echo.
   * None where it was only found, or where the request touched nothing that a source reports: what others changed
   * meanwhile would be taken for ours.
   */
  readonly state?: Json;
}

/**
 * What later messages about a thing need here and do not say themselves, such as the number of the person whom it concerns.
 * It may hold personal data: sealed at rest, and given to `send` alone, for the same thing in the same system.
 */
export interface Kept {
  readonly value: Json;
  /** Forgotten so many days after it was last kept. */
  readonly days: number;
}

/** A thing that the other side knows by another id than before. */
export interface Renamed {
  readonly formerId: string;
  readonly externalId: string;
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

/**
 * One thing a connector can do with a message. Written with methods, so that every operation is also an
 * `Operation<unknown, unknown, unknown, unknown, unknown>`: what the core calls, without knowing the types between.
 */
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
  map(message: Message<D>, settings: S): R;
  send(client: C, request: R, context: SendContext): Promise<A>;
  /** Pure: what to remember about the subject; null where nothing. */
  refer?(result: A, request: R): Reference | null;
  /** Pure: where the answer says that a thing has another id there now; null where it does not. */
  renamed?(result: A, request: R): Renamed | null;
  /** Pure: what to keep for later messages about the subject; null leaves what is kept as it is. */
  keep?(result: A, request: R): Kept | null;
  /** Pure: what the trace says where "delivered" alone would mislead, without personal data; null where it does not. */
  remark?(result: A, request: R): string | null;
  /** Pure: theirs to OSLO; null where there is nothing to tell. */
  answer?(result: A, message: Message<D>, settings: S): Derived | null;
  /** Where this asks an authentic source: the bus writes each question to its register before `send` runs, or it does not run. */
  readonly register?: Register<S, R, A>;
}

/** Declares that an operation asks an authentic source. */
export interface Register<S, R, A> {
  /** Name and version of the service that is asked: `GeefPersoon-02.02`. */
  readonly service: string;
  /** Pure: what the register says of the question beside what the bus knows already. */
  entry(request: R, asked: { readonly settings: S; readonly messageId: string }): RegisterEntry;
  /** Pure: the numbers of those of whom the answer tells, where the question did not name them. */
  found?(result: A): readonly string[];
}

/** One question to an authentic source. */
export interface RegisterEntry {
  /** The service that is asked, where it is not always the one of `Register.service`. */
  readonly service?: string;
  /** What the source knows the question by, at most 200 characters. */
  readonly reference: string;
  /** The capacity in which the tenant asks (*hoedanigheid*); null where the source knows none. */
  readonly capacity: string | null;
  /** Numbers of the persons or organisations it is about; the register keeps pseudonyms of them. */
  readonly about: readonly string[];
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
  readonly poll?: Poll<S, C, I>;
  readonly webhook?: Webhook<S, C, I>;
  externalId(item: I): string;
  /**
   * Pure: the id under which the other side knew the thing until now, where the item says that it has another; what is
   * remembered under that is remembered under the new one from here on.
   */
  formerId?(item: I): string | null;
  /**
   * Pure: the bus id under which our side registered the thing, where the item carries it. By it the bus knows the subject
   * while it has not heard yet how that registration ended; without it a change in that time is missed.
   */
  message?(item: I): string | null;
  /** Pure. A repeated or out-of-order item gives `message: null`; `state` is kept in either case. */
  map(item: I, context: SourceItemContext<S>): SourceResult;
  /**
   * Brings the files of an item whose message is news into the store of the bus, and gives the message with their addresses: the
   * same file has the same address, so that a repeat gives the same message.
   */
  attach?(client: C, item: I, message: Derived, context: AttachContext): Promise<Derived>;
}

export interface AttachContext {
  readonly signal: AbortSignal;
  /** Streams a file into the store; its address. Throws `Failure('reject')` where it is larger than the bus takes. */
  readonly store: (file: Omit<Attachment, 'sizeBytes'>) => Promise<string>;
}

export interface Poll<S, C, I> {
  everySeconds(settings: S): number;
  /**
   * The other side keeps a queue, and `read` tells it by `cursor` what has been received: that it gives never again. What it
   * gave and has not been told of it gives again.
   */
  readonly acknowledges?: boolean;
  /** Where this asks an authentic source: each read stands in the register of questions before it is made. */
  readonly register?: {
    /** Pure: what is asked, and in which capacity; null where these settings ask nothing. */
    entry(settings: S): { readonly service: string; readonly capacity: string | null } | null;
    /** Pure: numbers of those of whom the items tell. */
    found?(items: readonly I[]): readonly string[];
  };
  /** One page after `cursor` (null at the very first time); items oldest first. */
  read(client: C, cursor: Json, context: PollContext<S>): Promise<Page<I>>;
}

export interface PollContext<S> {
  readonly signal: AbortSignal;
  readonly settings: S;
  readonly now: Date;
  /** What the source has to know this read by, where it stands in the register of questions. */
  readonly reference?: string;
}

/** `more` asks for the next page at once; `cursor` is kept once the items have been accepted. */
export interface Page<I> {
  readonly items: I[];
  readonly cursor: Json;
  readonly more: boolean;
}

export interface Webhook<S, C, I> {
  /** Throws `Failure('reject')` where the call is not what it says it is. */
  verify(request: HookRequest, settings: S): void;
  /** The items a call is about; usually read again from the system, as a call is only a hint. */
  read(
    client: C,
    request: HookRequest,
    context: { readonly signal: AbortSignal; readonly settings: S },
  ): Promise<I[]>;
}

/** Deviations from the kit's table of HTTP statuses. */
export type FailureTable = Readonly<Record<number, readonly [Verdict, FailureCode]>>;

/** What the codes mean that the other side puts in its error bodies; they go before the status. */
export interface ErrorCodes {
  /** The code in an error body, or beside it in a header (names in lower case); null where there is none. */
  readonly codeOf: (body: unknown, headers: Readonly<Record<string, string>>) => string | null;
  /** Its reason in words, where the body has another shape than JSON with a message; null where it gives none. */
  readonly reasonOf?: (body: unknown) => string | null;
  readonly table: Readonly<Record<string, ErrorMeaning>>;
}

export interface ErrorMeaning {
  readonly verdict: Verdict;
  readonly code: FailureCode;
  /** For the README: what it says, in a few words. */
  readonly meaning: string;
}

export interface ConnectorDefinition<T extends TObject = TObject, C = unknown> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly docs: string;
  readonly settings: T;
  readonly failures?: FailureTable;
  readonly errors?: ErrorCodes;
  connect(settings: Static<T>, platform: Platform): C | Promise<C>;
  /** Read-only probe for "check now": throws a `Failure` that says what is wrong. */
  check(client: C, context: { readonly signal: AbortSignal }): Promise<unknown>;
  /** Read-only: settings as they could be, from what the system has, for somebody to look over (`lb-bus propose`). */
  propose?(client: C, context: ProposalContext<Static<T>>): Promise<Proposal>;
  readonly operations: Readonly<Record<string, Operation<Static<T>, C, unknown, unknown, unknown>>>;
  readonly sources?: Readonly<Record<string, Source<Static<T>, C, unknown>>>;
  readonly simulator: SimulatorDefinition | null;
}

/** A connector as the core holds it: every function callable, nothing between them known. */
export type Connector = ConnectorDefinition;
export type AnyOperation = Operation<unknown, unknown, unknown, unknown, unknown>;
export type AnySource = Source<unknown, unknown, unknown>;

/** Types an operation: `map` and `send` meet over R, `send` and `answer` over A; the client is the kit's unless annotated. */
export const operation = <D, R, A, S = unknown, C = HttpClient>(
  one: Operation<S, C, D, R, A>,
): Operation<S, C, D, R, A> => one;

/** Types a source: `read`, `externalId` and `map` meet over the item. */
export const source = <I, S = unknown, C = HttpClient>(one: Source<S, C, I>): Source<S, C, I> =>
  one;

/** Makes a connector of its parts; settings that the schema does not name are refused from here on. */
export const defineConnector = <T extends TObject, C>(
  definition: Omit<ConnectorDefinition<T, C>, 'operations' | 'sources'> & {
    readonly operations: Readonly<
      Record<string, Operation<Static<T>, NoInfer<C>, unknown, unknown, unknown>>
    >;
    readonly sources?: Readonly<Record<string, Source<Static<T>, NoInfer<C>, unknown>>>;
  },
): ConnectorDefinition<T, C> => ({
  ...definition,
  settings: { ...definition.settings, additionalProperties: false },
});

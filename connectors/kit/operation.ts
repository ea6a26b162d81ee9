import type { HttpClient } from './http.js';
import type { Accepts, Attachment, Derived, Json, Message, TypeToken } from './message.js';
import type { Register } from './register.js';

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

/** What the bus remembers about a subject in one external system. */
export interface Reference {
  readonly externalId: string;
  /**
   * State in which this very request left the thing; a source compares with it, so that an update of ours does not echo.
   * None where it was only found, or where the request touched nothing that a source reports: what others changed
   * meanwhile would be taken for ours.
   */
  readonly state?: Json;
  /** True where `state` counts only if no look has taught another since the request began. */
  readonly yields?: boolean;
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
  /** True where it only remembers: the other side is not asked. */
  readonly asksNobody?: true;
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

export type AnyOperation = Operation<unknown, unknown, unknown, unknown, unknown>;

/** Types an operation: `map` and `send` meet over R, `send` and `answer` over A; the client is the kit's unless annotated. */
export const operation = <D, R, A, S = unknown, C = HttpClient>(
  one: Operation<S, C, D, R, A>,
): Operation<S, C, D, R, A> => one;

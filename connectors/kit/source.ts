import type { HttpClient } from './http.js';
import type { Attachment, Derived, Json, TypeToken } from './message.js';

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

export type AnySource = Source<unknown, unknown, unknown>;

/** Types a source: `read`, `externalId` and `map` meet over the item. */
export const source = <I, S = unknown, C = HttpClient>(one: Source<S, C, I>): Source<S, C, I> =>
  one;

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

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly content: NodeJS.ReadableStream;
}

/** The OSLO object of a message that an operation or source gives back. */
export interface Derived {
  readonly type: string;
  /** Unique within the system and the same for the same fact: repeats are recognised by it. */
  readonly id: string;
  readonly time: string;
  readonly data: Record<string, unknown>;
}

/** Names a message type and carries the type of its data for the compiler. */
export interface TypeToken<D> {
  readonly type: string;
  readonly __data?: D;
}

/** A message type or, for connectors that carry everything (an application's endpoint), `'any'`. */
export type Accepts<D> = TypeToken<D> | 'any';

import type { Shipment } from '#bus/envelope.js';
import type { Attachment, Derived, Json, Message } from '#kit/message.js';
import type { AnyOperation, Kept, Reference, Renamed } from '#kit/operation.js';
import type { OpenConnector } from '#kit/open.js';
import type { Tenant } from '#tenants/directory.js';
import type { Ticket } from '../hand.js';
import type { Connection } from '../connections.js';
import type { Consultation } from '../consultations/consultation.js';

/** A message on its way through one attempt; each stage adds what it makes. */
export interface Work {
  readonly shipment: Shipment;
  readonly ticket: Ticket;
  readonly tenant: Tenant;
  readonly connection: Connection;
  readonly operation: Chosen | null;
  readonly message: Message | null;
  readonly request: unknown;
  /** Entry in the register of questions; null where no authentic source is asked. */
  readonly consultation: string | null;
  readonly result: unknown;
  /** Numbers of those of whom the answer of an authentic source told. */
  readonly found: readonly string[];
  readonly reference: Reference | null;
  /** A thing that has another id there than it had. */
  readonly renamed: Renamed | null;
  readonly kept: Kept | null;
  /** What the trace says beside "delivered". */
  readonly remark: string | null;
  readonly derived: Derived | null;
}

/** The operation of the connector that takes this type of message. */
export interface Chosen {
  readonly name: string;
  readonly operation: AnyOperation;
  readonly open: OpenConnector;
}

/** What a stage may use of the world; only `register` and `send` do. */
export interface Reach {
  readonly signal: AbortSignal;
  readonly attachment: (uri: string) => Promise<Attachment>;
  /** Writes a question to the register; answers the id of the entry. */
  readonly consult: (asked: Consultation) => Promise<string>;
}

/** One stage of an attempt: takes the work, gives it back with what it made. Throws where it cannot. */
export interface Stage {
  readonly name: string;
  /** For the reader of the way. */
  readonly does: string;
  readonly run: (work: Work, reach: Reach) => Work | Promise<Work>;
}

/** Work as the gate let it through. */
export const workOf = (
  from: Pick<Work, 'shipment' | 'ticket' | 'tenant' | 'connection'>,
): Work => ({
  ...from,
  operation: null,
  message: null,
  request: undefined,
  consultation: null,
  result: undefined,
  found: [],
  reference: null,
  renamed: null,
  kept: null,
  remark: null,
  derived: null,
});

/** What an earlier stage made. */
export const made = <T>(value: T | null, by: string): T => {
  if (value === null) throw new Error(`stage "${by}" has not run`);
  return value;
};

/** The CloudEvent as a connector sees it. */
export const messageOf = ({ envelope }: Shipment, event: Record<string, Json>): Message => ({
  busId: envelope.id,
  tenant: envelope.tenant,
  id: envelope.senderId,
  source: envelope.source,
  type: envelope.type,
  subject: envelope.subject,
  time: envelope.time,
  data: event['data'],
  event,
});

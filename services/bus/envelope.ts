import { namedUuid } from '#runtime/named-uuid.js';

const idOver = namedUuid('3b1d1b6e-6f0b-5a0e-9d43-5b1f0c3b7a10');

/** Id of a message on the bus: UUIDv5 over the JSON array `[tenant, source, id]`; a sender may compute it. */
export const busIdOf = (tenant: string, source: string, senderId: string): string =>
  idOver([tenant, source, senderId]);

/** Id under which other content with a known `source` + `id` is parked: the digest as fourth element. */
export const conflictIdOf = (
  tenant: string,
  source: string,
  senderId: string,
  digest: string,
): string => idOver([tenant, source, senderId, digest]);

export type MessageKind = 'event' | 'command' | 'question' | 'answer';

/**
 * What travels beside the sealed body, readable for every process: routing facts, never personal data.
 * The body is the CloudEvent as it is delivered, JSON in UTF-8, sealed with the body key of the tenant.
 */
export interface Envelope {
  readonly version: 1;
  readonly id: string;
  readonly tenant: string;
  readonly type: string;
  readonly kind: MessageKind;
  readonly source: string;
  readonly senderId: string;
  readonly subject: string;
  /** RFC 3339, as the sender gave it. */
  readonly time: string;
  /** RFC 3339 UTC: when the gateway accepted it. */
  readonly acceptedAt: string;
  readonly expiresAt: string | null;
  /** SHA-256 in hex over RFC 8785 canonical JSON of `[type, subject, data]` as sent. */
  readonly digest: string;
  readonly targets: readonly string[];
  readonly verwerking: string | null;
  readonly traceparent: string;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  /** Connector instance it came from; it is never delivered there. */
  readonly origin: string | null;
}

/** A message on its way to one target. */
export interface Shipment {
  readonly envelope: Envelope;
  readonly target: string;
  /** Sealed CloudEvent. */
  readonly body: Buffer;
}

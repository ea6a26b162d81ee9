import { conflictIdOf, type Shipment } from '#bus/envelope.js';
import type { Json } from '#kit/message.js';
import type { Scoped } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import { sealEvent, unsealEvent } from '../body.js';
import type { Hand } from '../hand.js';
import { recordedAs, type Recorded } from './recorded.js';
import { standAs } from './rows.js';

const detail = 'Other content came under the id of an earlier message, which goes on undisturbed';

/** The second content under an id of its own: bytes are bound to their id, so it is sealed anew. */
export const shipmentOfConflict = (
  { envelope, target, body }: Shipment,
  keys: KeyRing,
): Shipment => {
  const { tenant, source, senderId, digest } = envelope;
  const id = conflictIdOf(tenant, source, senderId, digest);
  const event: Record<string, Json> = { ...unsealEvent(envelope, body, keys), busid: id };
  return { envelope: { ...envelope, id }, target, body: sealEvent({ tenant, id }, event, keys) };
};

/** Parks other content that came under a known id, linked with the first; repeated it is the same row. */
export const parkConflict = async (trx: Scoped, hand: Hand, keys: KeyRing): Promise<Recorded> => {
  const shipment = shipmentOfConflict(hand.shipment, keys);
  const origin = {
    kind: 'queue',
    delivery: { gone: false, ack: () => true, release: () => true },
  } as const;
  const outcome = { kind: 'parked', code: 'conflict', detail, mayHaveActed: false } as const;
  const standing = { state: 'parked', waitMs: 0, sequence: 1, attempt: null } as const;
  await standAs(trx, { ...hand, shipment, origin }, { ...standing, ...outcome });
  return recordedAs(hand, outcome, {
    shipment,
    sequence: 1,
    conflictOf: hand.shipment.envelope.id,
    stays: false,
  });
};

import { conflictIdOf, type Envelope } from '#bus/envelope.js';
import { open, seal, SealBroken, type KeyRing } from '#runtime/keys.js';
import type { Content } from './contents.js';

/** The content under an id of its own, as other content already has its id. */
export const asConflict = (content: Content, keys: KeyRing | null): Content => {
  const { envelope, body } = content;
  const { tenant, source, senderId, digest } = envelope;
  const id = conflictIdOf(tenant, source, senderId, digest);
  return {
    ...content,
    envelope: { ...envelope, id },
    body: body && keys && resealed(envelope, id, { body, keys }),
  };
};

/** Sealed bytes are bound to their id: they are sealed anew for the other. Null where they cannot be opened. */
const resealed = (
  { tenant, id }: Envelope,
  otherId: string,
  { body, keys }: { readonly body: Buffer; readonly keys: KeyRing },
): Buffer | null => {
  try {
    const plain = open(body, keys, `${tenant}|${id}`);
    const event = JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
    const moved = JSON.stringify({ ...event, busid: otherId });
    return seal(Buffer.from(moved, 'utf8'), keys, `${tenant}|${otherId}`);
  } catch (error) {
    if (error instanceof SealBroken || error instanceof SyntaxError) return null;
    throw error;
  }
};

import { createHash, timingSafeEqual } from 'node:crypto';
import type { HookRequest } from './source.js';
import { Failure } from './failure.js';

/** Where systems that sign nothing put the secret that shows that a call is theirs. */
export const secretHeader = 'x-lb-bus-secret';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Refuses a call without the secret, and every call where none is set. */
export const verifySecret = (
  { headers }: HookRequest,
  secret: string | undefined,
  system: string,
): void => {
  const given = headers[secretHeader] ?? '';
  if (secret !== undefined && timingSafeEqual(digest(given), digest(secret))) return;
  throw new Failure('reject', `The call does not carry the webhook secret of this ${system}`, {
    code: 'invalid',
  });
};

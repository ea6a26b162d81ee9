import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#kit/message.js';
import type { Reference } from '#kit/operation.js';
import type { System } from './system.js';

/** As `remember` of delivery does: what a look has taught since stays where the reference yields to it. */
export const remember = (
  system: System,
  { subject, before }: { subject: string; before: Json | undefined },
  reference: Reference | null,
): void => {
  if (!reference) return;
  const { externalId, state, yields = false } = reference;
  const former = system.references.get(externalId)?.state;
  const stays = yields && !isDeepStrictEqual(former, before);
  system.references.set(externalId, { subject, state: stays ? former : (state ?? former) });
};

import type { TargetStatus } from '#bus/records.js';

/** Where a message can stand, the worst first: the first that a target has is that of the message. */
export const messageStatuses = [
  'parked',
  'held',
  'waiting',
  'accepted',
  'expired',
  'discarded',
  'delivered',
] as const satisfies readonly TargetStatus[];

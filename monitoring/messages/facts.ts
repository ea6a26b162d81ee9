import type { StepOutcome, TargetStatus } from '#bus/records.js';

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

/** What can happen to a message at a target. */
export const stepOutcomes = [
  'delivered',
  'retry',
  'rejected',
  'held',
  'parked',
  'queued',
  'released',
  'expired',
  'discarded',
  'acknowledged',
] as const satisfies readonly StepOutcome[];

import type { stepOutcomes } from '../../../../services/bus/records.ts';
import type { messageStatuses } from '../../../messages/facts.ts';

/** Where a message can stand, the worst first. */
export const statuses = [
  'parked',
  'held',
  'waiting',
  'accepted',
  'expired',
  'discarded',
  'delivered',
] as const satisfies typeof messageStatuses;

/** What can happen to a message at a target. */
export const outcomes = [
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
] as const satisfies typeof stepOutcomes;

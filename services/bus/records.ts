import type { Envelope } from './envelope.js';

/** Where a target of a message stands. `acknowledged` is a fact beside it, for a postvak. */
export type TargetStatus =
  'accepted' | 'delivered' | 'waiting' | 'held' | 'parked' | 'expired' | 'discarded';

/** `delivered … expired` are ends of an attempt; `queued` says it stands behind another of its subject. */
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
] as const;

/** What can happen to a message at a target. */
export type StepOutcome = (typeof stepOutcomes)[number];

/** Entered the bus; the sealed CloudEvent travels with it. */
export interface AcceptedRecord {
  readonly record: 'accepted';
  readonly envelope: Envelope;
}

/** One request to the external system: `status` is that of HTTP, or the code of the failure where none came. */
export interface Call {
  readonly method: string;
  readonly status: string;
  readonly durationMs: number;
}

/** One thing that happened to a message at one target; repeated delivery of a record changes nothing. */
export interface StepRecord {
  readonly record: 'step';
  /** UUID: the same record twice counts once. */
  readonly stepId: string;
  readonly envelope: Envelope;
  readonly target: string;
  readonly connector: string;
  readonly operation: string | null;
  /** Rises per message and target; a record with a lower number never overwrites a higher one. */
  readonly sequence: number;
  readonly at: string;
  readonly durationMs: number;
  /** What the attempt asked of the system, in order; without addresses or content, which may be of persons. */
  readonly calls?: readonly Call[];
  /** Size of the sealed message that it was about. */
  readonly bytes?: number;
  readonly outcome: StepOutcome;
  readonly status: TargetStatus;
  readonly code: string | null;
  /** Words for the operator; no personal data. */
  readonly detail: string | null;
  readonly externalId: string | null;
  readonly nextAttemptAt: string | null;
  readonly conflictOf: string | null;
}

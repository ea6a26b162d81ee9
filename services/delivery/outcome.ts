import type { Json } from '#kit/message.js';
import type { Kept, Reference } from '#kit/operation.js';

/** Nothing more is to be done at this target. */
export interface Delivered {
  readonly kind: 'delivered';
  readonly reference: Reference | null;
  /** What later messages about the subject need at this target; null leaves what is kept as it is. */
  readonly kept: Kept | null;
  /** CloudEvent that tells the sender's side what came of it. */
  readonly answer: Record<string, Json> | null;
  readonly detail: string | null;
}

/** Time will put it right: tried again after `waitMs`. */
export interface Retry {
  readonly kind: 'retry';
  readonly code: string;
  readonly detail: string;
  readonly waitMs: number;
  readonly mayHaveActed: boolean;
  /** The other side works on it: what the next attempt asks by. Without it, what an earlier one said of that stands. */
  readonly taken?: string | undefined;
}

/** Set aside for somebody to look at: `rejected` for the sender's reasons, `parked` for the bus's. Its lane goes on. */
export interface Parked {
  readonly kind: 'rejected' | 'parked';
  readonly code: string;
  readonly detail: string;
  readonly mayHaveActed: boolean;
}

/** Stands still until the line is released; with `pauses` this message is the one that made it stand still. */
export interface Held {
  readonly kind: 'held';
  readonly code: string;
  readonly detail: string;
  readonly pauses: boolean;
}

/** Not tried now: something else has to happen first. No attempt is counted. */
export interface Queued {
  readonly kind: 'queued';
  readonly detail: string;
  readonly waitMs: number;
}

/** A question whose time is over. */
export interface Expired {
  readonly kind: 'expired';
  readonly detail: string;
}

/** How an attempt ended, or why there was none. */
export type Outcome = Delivered | Retry | Parked | Held | Queued | Expired;

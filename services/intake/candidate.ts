import type { Tenant } from '#tenants/directory.js';
import type { MessageType } from '#oslo/catalogue.js';
import type { Sender } from './accepted.js';
import type { Attributes, EventAsSent } from './envelope-rules.js';
import type { RefusalReason } from './refusal.js';

/** A message at the door that can be read, and all that is needed to judge it. */
export interface Candidate {
  readonly event: EventAsSent;
  readonly attributes: Attributes;
  /** What the walk through its JSON found: refused as `invalid`. */
  readonly unfit: readonly RefusalReason[];
  readonly sender: Sender;
  readonly tenant: Tenant;
  readonly at: Date;
}

/** A candidate whose type the bus knows. */
export interface TypedCandidate extends Candidate {
  readonly messageType: MessageType;
}

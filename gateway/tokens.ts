import type { AttachmentStore } from '#attachments/store.js';
import type { Bus } from '#bus/connection.js';
import type { Accept } from '#intake/accepted.js';
import type { Database } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';
import type { GatewayMetrics } from '#runtime/metrics.js';
import type { Directory } from '#tenants/directory.js';
import type { Admission } from './access/access.js';
import type { Answers } from './answers/waiting.js';
import type { Wait } from './access/turn.js';
import type { Bell } from './bell.js';
import type { BurgerprofielAdmission } from './burgerprofiel/caller.js';
import type { HookParts } from './hooks/hooks.js';
import type { BodyTimes } from './messages/events.js';

/** Everything the doors work with; made once at start. */
export interface Parts {
  readonly accept: Accept;
  readonly admit: Admission;
  readonly admitBurgerprofiel: BurgerprofielAdmission;
  readonly answers: Answers;
  readonly attachments: AttachmentStore;
  readonly bell: Bell;
  readonly bus: Bus;
  readonly count: HookParts['count'];
  readonly database: Database;
  readonly directory: () => Directory;
  readonly log: Log;
  readonly metrics: GatewayMetrics;
  readonly publicUrl: string;
  /** Words for the operator while the door cannot accept, else null. */
  readonly readiness: () => string | null;
  /** Words for the operator on what the door cannot do though it accepts, else null. */
  readonly limitation: () => string | null;
  readonly leaving: () => boolean;
  readonly times: BodyTimes & { readonly idleMs: number };
  readonly wait: Wait;
}

/** Injection token of the parts. */
export const PARTS = Symbol('parts of the gateway');

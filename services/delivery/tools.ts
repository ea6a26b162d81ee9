import type { AcceptedRecord, StepRecord } from '#bus/records.js';
import type { Accept } from '#intake/accepted.js';
import type { Database } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';
import type { DeliveryMetrics } from '#runtime/metrics.js';
import type { Turns } from '#runtime/turns/turns.js';
import type { ConnectorInstance, Directory, Tenant } from '#tenants/directory.js';
import type { AttachmentStore } from '../attachments/store.js';
import type { Gate } from './gate.js';
import type { InHand } from './in-hand.js';
import type { Lanes } from './lanes.js';
import type { Line } from './line.js';
import type { Connections } from './connections.js';
import type { Patiently } from './patience.js';
import type { Received } from './received.js';
import type { QuestionTools } from './questions/tools.js';
import type { Timing } from './timing.js';
import type { Transactions } from './transactions.js';

/** Puts records on the audit queue; resolves once the broker has them. */
export interface Audit {
  readonly step: (record: StepRecord) => Promise<void>;
  readonly accepted: (record: AcceptedRecord, body: Buffer) => Promise<void>;
}

/** What the way through delivery is made of, built once per process. */
export interface Tools {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly accept: Accept;
  readonly audit: Audit;
  readonly attachments: Pick<AttachmentStore, 'describe' | 'read' | 'put'>;
  readonly connections: Connections;
  readonly gate: Gate;
  readonly turns: Pick<Turns, 'take'>;
  readonly lanes: Lanes;
  readonly inHand: InHand;
  readonly received: Received;
  readonly patiently: Patiently;
  readonly transactions: Transactions;
  readonly questions: QuestionTools;
  readonly metrics: DeliveryMetrics;
  readonly log: Log;
  readonly timing: Timing;
}

/** A tenant is gone from the directory while something of it is still in hand. */
export class TenantGone extends Error {}

export const tenantOf = (tools: Pick<Tools, 'directory'>, { tenant }: Line): Tenant => {
  const found = tools.directory().tenants.get(tenant);
  if (!found) throw new TenantGone(`tenant ${tenant} is not in the directory`);
  return found;
};

/** The connector instance of a line; null where it was taken away or switched off. */
export const instanceOf = (
  tools: Pick<Tools, 'directory'>,
  { tenant, target }: Line,
): ConnectorInstance | null => {
  const instance = tools.directory().tenants.get(tenant)?.connectors.get(target);
  return instance?.enabled === true ? instance : null;
};

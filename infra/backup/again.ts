import { sql } from 'kysely';
import { sealedMedia } from '#bus/audit.js';
import type { Bus } from '#bus/connection.js';
import type { Envelope, MessageKind } from '#bus/envelope.js';
import { targetQueue } from '#bus/topology.js';
import type { Scoped } from '#runtime/database.js';
import { nowhere } from './ledger.js';

const batchSize = 500;

interface Row {
  readonly id: string;
  readonly type: string;
  readonly kind: MessageKind;
  readonly source: string;
  readonly sender_id: string;
  readonly subject: string;
  readonly time: string;
  readonly accepted_at: Date;
  readonly expires_at: Date | null;
  readonly digest: string;
  readonly verwerking: string | null;
  readonly traceparent: string | null;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
  readonly body: Buffer | null;
  readonly targets: string[];
}

/** One target of one tenant whose lost messages are put in its queue again. */
export interface Again {
  readonly tenant: string;
  readonly target: string;
  readonly before: Date;
  /** False for a message of a type that would be done twice at this target: it is left to a person. */
  readonly maySend: (type: string) => boolean;
}

/** How many were put in the queue again, and the ids of those that were not: `bodiless` are past their time. */
export interface PutAgain {
  readonly sent: number;
  readonly bodiless: readonly string[];
  readonly left: readonly string[];
}

const envelopeOf = (tenant: string, row: Row): Envelope => ({
  version: 1,
  id: row.id,
  tenant,
  type: row.type,
  kind: row.kind,
  source: row.source,
  senderId: row.sender_id,
  subject: row.subject,
  time: row.time,
  acceptedAt: row.accepted_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  digest: row.digest,
  targets: row.targets,
  verwerking: row.verwerking,
  traceparent: row.traceparent ?? '',
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  // Where it came from was taken off its targets when it was accepted.
  origin: null,
});

/** In the order of acceptance, so that each subject keeps its own. */
const readBatch = async (
  trx: Scoped,
  { target, before }: Again,
  after: Pick<Row, 'accepted_at' | 'id'> | null,
): Promise<Row[]> => {
  const past = after
    ? sql`and (m.accepted_at, m.id) > (${after.accepted_at}, ${after.id}::uuid)`
    : sql``;
  const { rows } = await sql<Row>`
    select m.*, (select array_agg(a.target order by a.target) from monitoring.target a
      where a.tenant = m.tenant and a.message = m.id) as targets
    ${nowhere(before)} and g.target = ${target} ${past}
    order by m.accepted_at, m.id limit ${batchSize}`.execute(trx);
  return rows;
};

const publish = async (
  bus: Pick<Bus, 'publish'>,
  { tenant, target }: Again,
  row: Row,
  body: Buffer,
): Promise<void> => {
  const envelope = envelopeOf(tenant, row);
  await bus.publish(targetQueue(tenant, target), {
    body,
    headers: { 'lb-envelope': JSON.stringify(envelope), 'lb-target': target },
    properties: { messageId: row.id, type: row.type, contentType: sealedMedia },
  });
};

/**
 * Puts what is in no queue and at no end into the queue of its target again, from the sealed bodies that monitoring
 * keeps. One that was there all the same is recognised by its id: nothing acts twice for it.
 */
export const putAgain = async (
  parts: {
    readonly scoped: <T>(scope: string, work: (trx: Scoped) => Promise<T>) => Promise<T>;
    readonly bus: Pick<Bus, 'publish' | 'ensureQueues'>;
  },
  again: Again,
): Promise<PutAgain> => {
  await parts.bus.ensureQueues([targetQueue(again.tenant, again.target)]);
  const bodiless: string[] = [];
  const left: string[] = [];
  let sent = 0;
  let last: Row | null = null;
  for (;;) {
    const rows: Row[] = await parts.scoped(again.tenant, (trx) => readBatch(trx, again, last));
    for (const row of rows) {
      if (!again.maySend(row.type)) left.push(row.id);
      else if (!row.body) bodiless.push(row.id);
      else {
        await publish(parts.bus, again, row, row.body);
        sent += 1;
      }
    }
    last = rows.at(-1) ?? null;
    if (rows.length < batchSize) return { sent, bodiless, left };
  }
};

import { sql, type Insertable } from 'kysely';
import type { KeysOf } from '#bus/audit.js';
import type { StepRecord } from '#bus/records.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Tables } from '#runtime/tables.js';
import { tellLive, type Hint } from '../live/hint.js';
import { arrange, type Placed } from './arrange.js';
import type { Batch } from './contents.js';
import { momentOf, momentOrNull, storable } from './storable.js';
import { insertSteps } from './steps.js';

type MessageRow = Insertable<Tables['monitoring.message']>;

const messageRow = ({ envelope, body, conflictOf }: Placed): MessageRow => ({
  tenant: envelope.tenant,
  id: envelope.id,
  type: envelope.type,
  kind: envelope.kind,
  source: envelope.source,
  sender_id: envelope.senderId,
  subject: envelope.subject,
  time: envelope.time,
  accepted_at: momentOf(envelope.acceptedAt),
  expires_at: momentOrNull(envelope.expiresAt),
  digest: envelope.digest,
  status: 'accepted',
  verwerking: envelope.verwerking,
  traceparent: envelope.traceparent,
  correlation_id: envelope.correlationId,
  causation_id: envelope.causationId,
  conflict_of: conflictOf,
  body,
});

/** Where the earlier acceptance comes later, its own facts count; what belongs to the content is the same in both. */
const facts = [
  'time',
  'accepted_at',
  'expires_at',
  'verwerking',
  'traceparent',
  'correlation_id',
  'causation_id',
] as const;

const earlier = (column: (typeof facts)[number]) =>
  sql`case when excluded.accepted_at < message.accepted_at
    then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`message.${column}`)} end`;

const upsertMessages = async (trx: Scoped, placed: readonly Placed[]): Promise<void> => {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('monitoring.message')
    .values(placed.map(messageRow))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'id'])
        .doUpdateSet({
          ...Object.fromEntries(facts.map((column) => [column, earlier(column)])),
          body: sql<Buffer>`coalesce(message.body, excluded.body)`,
          conflict_of: sql<string>`coalesce(message.conflict_of, excluded.conflict_of)`,
        })
        .whereRef('message.digest' as never, '=', 'excluded.digest' as never),
    )
    .executeTakeFirstOrThrow();
  if (Number(numInsertedOrUpdatedRows) !== placed.length) throw new Crossed();
};

/** Another collector stored other content under the same id at the same moment: tried again, both are seen. */
export class Crossed extends Error {
  constructor() {
    super('another collector stored other content under the same id meanwhile');
    this.name = 'Crossed';
  }
}

/** Every target that a message is on its way to, before anything is known of it there. */
const insertTargets = async (trx: Scoped, placed: readonly Placed[]): Promise<void> => {
  const rows = placed.flatMap(({ envelope }) =>
    [...new Set(envelope.targets)].sort().map((target) => ({
      tenant: envelope.tenant,
      message: envelope.id,
      target,
      status: 'accepted',
    })),
  );
  if (rows.length === 0) return;
  await trx
    .insertInto('monitoring.target')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

type TargetRow = Insertable<Tables['monitoring.target']> & { sequence: number };

const targetRow = (step: StepRecord): TargetRow => ({
  tenant: step.envelope.tenant,
  message: step.envelope.id,
  target: step.target,
  status: step.status,
  sequence: step.sequence,
  external_id: storable(step.externalId),
  code: step.code,
  next_attempt_at: momentOrNull(step.nextAttemptAt),
  acknowledged_at: step.outcome === 'acknowledged' ? momentOf(step.at) : null,
});

/** The last of the steps at a target counts; an external id and an acknowledgement stay once they are known. */
const lastOf = (steps: readonly StepRecord[]): TargetRow[] => {
  const rows = new Map<string, TargetRow>();
  const ordered = steps.map(targetRow).sort((one, other) => one.sequence - other.sequence);
  for (const row of ordered) {
    const key = `${row.tenant}|${row.message}|${row.target}`;
    const before = rows.get(key);
    rows.set(key, {
      ...row,
      external_id: row.external_id ?? before?.external_id ?? null,
      acknowledged_at: before?.acknowledged_at ?? row.acknowledged_at ?? null,
    });
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
};

const upsertTargets = async (trx: Scoped, steps: readonly StepRecord[]): Promise<void> => {
  const last = (column: string) =>
    sql`case when excluded.sequence > target.sequence
      then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`target.${column}`)} end`;
  await trx
    .insertInto('monitoring.target')
    .values(lastOf(steps))
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'message', 'target']).doUpdateSet({
        ...Object.fromEntries(
          ['status', 'code', 'next_attempt_at'].map((column) => [column, last(column)]),
        ),
        sequence: sql<number>`greatest(excluded.sequence, target.sequence)`,
        external_id: sql<string>`case when excluded.sequence > target.sequence
          then coalesce(excluded.external_id, target.external_id)
          else coalesce(target.external_id, excluded.external_id) end`,
        acknowledged_at: sql<Date>`least(target.acknowledged_at, excluded.acknowledged_at)`,
      }),
    )
    .execute();
};

/** A message stands where the first in this list of its targets stands; without a target it is delivered. */
const standings = ['parked', 'held', 'waiting', 'accepted', 'expired', 'discarded', 'delivered'];

const refreshStatus = async (trx: Scoped, placed: readonly Placed[]): Promise<void> => {
  const tenants = placed.map(({ envelope }) => envelope.tenant);
  const ids = placed.map(({ envelope }) => envelope.id);
  await sql`
    update monitoring.message m set status = s.status
    from (
      select k.tenant, k.id,
        (${standings}::text[])[coalesce(min(array_position(${standings}::text[], t.status)), ${standings.length})] as status
      from unnest(${tenants}::text[], ${ids}::uuid[]) k (tenant, id)
      left join monitoring.target t on t.tenant = k.tenant and t.message = k.id
      group by k.tenant, k.id
    ) s
    where m.tenant = s.tenant and m.id = s.id and m.status is distinct from s.status`.execute(trx);
};

/** A step that puts a message aside, or is not its first, may change what is parked. */
const touchesParked = ({ status, sequence }: StepRecord): boolean =>
  status === 'parked' || status === 'discarded' || sequence > 1;

const hintsOf = ({ contents, steps }: Batch): readonly Hint[] => [
  ...contents.flatMap(({ envelope: { tenant } }): Hint[] => [
    { kind: 'messages', tenant },
    { kind: 'tenants', tenant },
  ]),
  ...steps
    .filter(touchesParked)
    .map(({ envelope: { tenant } }): Hint => ({ kind: 'parked', tenant })),
];

/**
 * Writes a batch in one transaction; written again, in whatever order and company, it changes nothing more.
 * Throws what PostgreSQL throws, and `Crossed`.
 */
export const storeBatch = (database: Database, batch: Batch, keysOf: KeysOf): Promise<void> =>
  database.scoped('*', async (trx) => {
    if (batch.contents.length === 0) return;
    const placed = await arrange(trx, batch.contents, keysOf);
    await upsertMessages(trx, placed);
    await insertTargets(trx, placed);
    if (batch.steps.length > 0) {
      await upsertTargets(trx, batch.steps);
      await insertSteps(trx, batch.steps);
    }
    await refreshStatus(trx, placed);
    await tellLive(trx, hintsOf(batch));
  });

import { sql } from 'kysely';
import type { StepRecord } from '#bus/records.js';
import type { Scoped } from '#runtime/database.js';
import { tableOf } from '#runtime/rows.js';
import type { Placed } from './arrange.js';
import { momentOf, momentOrNull, storable } from './storable.js';

interface TargetRow {
  readonly tenant: string;
  readonly message: string;
  readonly target: string;
  readonly status: string;
  readonly sequence: number;
  readonly external_id: string | null;
  readonly code: string | null;
  readonly next_attempt_at: Date | null;
  readonly acknowledged_at: Date | null;
}

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

/** Every target that a message is on its way to, before anything is known of it there. */
const expectedOf = ({ envelope: { tenant, id }, promised }: Placed): TargetRow[] =>
  promised.map((target) => ({
    ...{ tenant, message: id, target, status: 'accepted', sequence: 0 },
    ...{ external_id: null, code: null, next_attempt_at: null, acknowledged_at: null },
  }));

/** The last of the steps at a target counts; an external id and an acknowledgement stay once they are known. */
const lastOf = (known: readonly TargetRow[]): TargetRow[] => {
  const rows = new Map<string, TargetRow>();
  for (const row of [...known].sort((one, other) => one.sequence - other.sequence)) {
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

const targetTypes = {
  ...{ tenant: 'text', message: 'uuid', target: 'text', status: 'text', sequence: 'int' },
  ...{ external_id: 'text', code: 'text', next_attempt_at: 'timestamptz' },
  acknowledged_at: 'timestamptz',
};

/**
 * Writes where messages stand at their targets after these steps, in one order for every process; a step that came late
 * changes nothing.
 */
export const writeTargets = async (
  trx: Scoped,
  placed: readonly Placed[],
  steps: readonly StepRecord[],
): Promise<void> => {
  const rows = lastOf([...placed.flatMap(expectedOf), ...steps.map(targetRow)]);
  if (rows.length === 0) return;
  await sql`
    insert into monitoring.target as t
      (tenant, message, target, status, sequence, external_id, code, next_attempt_at, acknowledged_at)
    select n.tenant, n.message, n.target, n.status, n.sequence, n.external_id, n.code, n.next_attempt_at, n.acknowledged_at
    from ${tableOf('n', targetTypes, rows)}
    on conflict (tenant, message, target) do update set
      status = case when excluded.sequence > t.sequence then excluded.status else t.status end,
      code = case when excluded.sequence > t.sequence then excluded.code else t.code end,
      next_attempt_at = case when excluded.sequence > t.sequence then excluded.next_attempt_at else t.next_attempt_at end,
      sequence = greatest(excluded.sequence, t.sequence),
      external_id = case when excluded.sequence > t.sequence
        then coalesce(excluded.external_id, t.external_id) else coalesce(t.external_id, excluded.external_id) end,
      acknowledged_at = least(t.acknowledged_at, excluded.acknowledged_at)`.execute(trx);
};

import { sql } from 'kysely';
import type { StepRecord } from '#bus/records.js';
import type { Scoped } from '#runtime/database.js';
import { tableOf } from '#runtime/rows.js';
import { momentOf, storable } from './storable.js';

/** From the acceptance that led to it until it was delivered; null for every other step. */
const criticalMs = ({ outcome, at, envelope }: StepRecord): number | null =>
  outcome === 'delivered' ? momentOf(at).getTime() - momentOf(envelope.acceptedAt).getTime() : null;

const stepTypes = {
  ...{
    tenant: 'text',
    message: 'uuid',
    id: 'uuid',
    target: 'text',
    connector: 'text',
    operation: 'text',
  },
  ...{ sequence: 'int', at: 'timestamptz', duration_ms: 'int', outcome: 'text', code: 'text' },
  ...{ detail: 'text', calls: 'jsonb', critical_ms: 'bigint', bytes: 'int' },
};

const stepRow = (step: StepRecord) => ({
  tenant: step.envelope.tenant,
  message: step.envelope.id,
  id: step.stepId,
  target: step.target,
  connector: step.connector,
  operation: storable(step.operation),
  sequence: step.sequence,
  at: momentOf(step.at),
  duration_ms: step.durationMs,
  outcome: step.outcome,
  code: step.code,
  detail: storable(step.detail),
  calls: step.calls && step.calls.length > 0 ? JSON.stringify(step.calls) : null,
  critical_ms: criticalMs(step),
  bytes: step.bytes ?? null,
});

interface StepKey {
  readonly tenant: string;
  readonly message: string;
  readonly id: string;
}

const keyText = ({ tenant, message, id }: StepKey): string => `${tenant}|${message}|${id}`;

const readKnown = async (trx: Scoped, keys: readonly StepKey[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<StepKey>`
    select s.tenant, s.message, s.id
    from ${tableOf('k', { tenant: 'text', message: 'uuid', id: 'uuid' }, keys)}
    join monitoring.step s on s.tenant = k.tenant and s.message = k.message and s.id = k.id`.execute(
    trx,
  );
  return new Set(rows.map(keyText));
};

/**
 * Adds the steps that are not there yet. No index can say so, as a step that is told again may bear a later moment and lie in
 * another month; the caller holds the rows of their messages, so no other collector adds the same meanwhile.
 */
export const insertSteps = async (trx: Scoped, steps: readonly StepRecord[]): Promise<void> => {
  if (steps.length === 0) return;
  const rows = new Map<string, ReturnType<typeof stepRow>>();
  for (const row of steps.map(stepRow)) if (!rows.has(keyText(row))) rows.set(keyText(row), row);
  const known = await readKnown(trx, [...rows.values()]);
  const added = [...rows].filter(([key]) => !known.has(key)).map(([, row]) => row);
  if (added.length === 0) return;
  const columns = Object.keys(stepTypes).map((column) => sql.ref(column));
  await sql`insert into monitoring.step (${sql.join(columns)})
    select ${sql.join(columns)} from ${tableOf('n', stepTypes, added)} on conflict do nothing`.execute(
    trx,
  );
};

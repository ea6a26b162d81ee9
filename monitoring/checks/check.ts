import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import { checkChannel } from '#trace/line-channels.js';
import { recordAction } from '../operators/action.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';

/** Longer than delivery gives a system; after that nobody of delivery is there, or it is not well. */
const patienceMs = 20_000;
const lookMs = 200;

/**
 * What came of asking a system whether the bus could work with it now. `unanswered`: no process of delivery said so in
 * time, which tells nothing of the system. `code` and `detail` say what fails, in the words of its connector; null where
 * nothing does or nobody said.
 */
export interface CheckResult {
  readonly tenant: string;
  readonly target: string;
  readonly outcome: 'works' | 'fails' | 'unanswered';
  readonly code: string | null;
  readonly detail: string | null;
  readonly durationMs: number | null;
  readonly askedAt: string;
  readonly askedBy: string;
  readonly endedAt: string | null;
}

interface Line {
  readonly tenant: string;
  readonly target: string;
}

interface Row extends Line {
  readonly works: boolean | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly duration_ms: number | null;
  readonly asked_at: Date;
  readonly asked_by: string;
  readonly ended_at: Date | null;
}

const outcomeOf = ({ works }: Row): CheckResult['outcome'] => {
  if (works === null) return 'unanswered';
  return works ? 'works' : 'fails';
};

const shown = (row: Row): CheckResult => ({
  tenant: row.tenant,
  target: row.target,
  outcome: outcomeOf(row),
  code: row.code,
  detail: row.detail,
  durationMs: row.duration_ms,
  askedAt: row.asked_at.toISOString(),
  askedBy: row.asked_by,
  endedAt: row.ended_at?.toISOString() ?? null,
});

/** Somebody may have asked the same a moment ago: then both wait for one answer, as long as no setting changed since. */
const ask = async (trx: Scoped, asking: Asking): Promise<Row> => {
  const { tenant, target, by } = asking;
  const instance = await trx
    .selectFrom('tenants.connector')
    .select('name')
    .where('tenant', '=', tenant)
    .where('name', '=', target)
    .executeTakeFirst();
  if (!instance) throw new ProblemError('not-found', tell('connector-unknown', { tenant, target }));
  const { rows } = await sql<Row>`
    insert into delivery.connection_check as c (tenant, target, asked_by, revision)
    select ${tenant}, ${target}, ${by}, revision from tenants.revision
    on conflict (tenant, target) do update set
      id = excluded.id, asked_by = excluded.asked_by, asked_at = excluded.asked_at, revision = excluded.revision,
      taken_until = null, ended_at = null, works = null, code = null, detail = null, duration_ms = null
    where c.ended_at is not null or c.revision < excluded.revision
      or c.asked_at < clock_timestamp() - make_interval(secs => ${patienceMs / 1_000}::float8)
    returning *`.execute(trx);
  const [asked] = rows;
  if (!asked) return rowOf(trx, asking);
  await recordAction(trx, {
    tenant,
    operator: by,
    action: 'check',
    reason: '',
    subject: { target },
  });
  await sql`select pg_notify(${checkChannel}, '')`.execute(trx);
  return asked;
};

const rowOf = async (trx: Scoped, { tenant, target }: Line): Promise<Row> => {
  const { rows } = await sql<Row>`
    select * from delivery.connection_check where tenant = ${tenant} and target = ${target}`.execute(
    trx,
  );
  const [row] = rows;
  if (!row) throw new ProblemError('not-found', tell('never-checked', { tenant, target }));
  return row;
};

interface Asking extends Line {
  /** Name of the person who asks; it is recorded. */
  readonly by: string;
}

/**
 * Has delivery ask the system of a connector instance, changing nothing there, with its settings and secrets as they are
 * stored now: so it is also the check after saving them, and that of an instance that is switched off. Where the system
 * works a hold of the bus ends and an open circuit is tried. Throws `ProblemError` where there is no such instance.
 */
export const checkNow = async (
  database: Database,
  asking: Asking,
  waitMs: number = patienceMs,
): Promise<CheckResult> => {
  const { tenant } = asking;
  let row = await database.scoped(tenant, (trx) => ask(trx, asking));
  for (const until = performance.now() + waitMs; performance.now() < until;) {
    await pause(lookMs);
    // Where it was asked anew meanwhile, with other settings, that answer is the one to wait for.
    row = await database.scoped(tenant, (trx) => rowOf(trx, asking));
    if (row.ended_at !== null) break;
  }
  return shown(row);
};

/** What came of the last check of each instance in the scope that was checked. */
export const readChecks = async (trx: Scoped): Promise<CheckResult[]> => {
  const { rows } = await sql<Row>`
    select * from delivery.connection_check order by tenant, target`.execute(trx);
  return rows.map(shown);
};

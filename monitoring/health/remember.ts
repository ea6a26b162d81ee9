import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Severity } from './health.js';
import { linesOf, type LineHealth, type Snapshot } from './snapshot.js';
import { lineKey } from './standing.js';

/** A process that says nothing for so long has ended; another then goes on. */
const watchMs = 15_000;
const mostKept = 400;

/** Notified when a line became another, as far as somebody should know of it. */
export const lineChannel = 'lbbus_lines';

interface State {
  readonly tenant: string;
  readonly target: string;
  readonly severity: string;
  readonly cause: string | null;
}

/** A line that is not what was remembered of it; `before` is null where nothing was. */
interface Change {
  readonly line: LineHealth;
  readonly before: State | null;
}

/** Nobody has to do anything about these. */
const calm: readonly string[] = ['fine', 'untried'] satisfies Severity[];

const causeOf = ({ causes: [worst] }: LineHealth): string | null => worst?.code ?? null;

/** Whether somebody should know: not where it was calm and still is, nor where it is new and nothing is wrong. */
export const isWorthTelling = (before: string | null, now: Severity): boolean =>
  before === null
    ? now === 'bad' || now === 'attention'
    : !calm.includes(before) || !calm.includes(now);

const isLeader = async (trx: Scoped, process: string): Promise<boolean> => {
  const { rows } = await sql`
    insert into monitoring.line_watch as w (process, until)
    values (${process}, clock_timestamp() + make_interval(secs => ${watchMs / 1_000}))
    on conflict ("only") do update set process = excluded.process, until = excluded.until
      where w.process = excluded.process or w.until < clock_timestamp()
    returning process`.execute(trx);
  return rows.length === 1;
};

const readStates = (trx: Scoped): Promise<State[]> =>
  trx
    .selectFrom('monitoring.line_state')
    .select(['tenant', 'target', 'severity', 'cause'])
    .execute();

/** Since when each line is as bad or well as it is, by its key. */
export const readSince = async (trx: Scoped): Promise<ReadonlyMap<string, Date>> => {
  const rows = await trx
    .selectFrom('monitoring.line_state')
    .select(['tenant', 'target', 'since'])
    .execute();
  return new Map(rows.map(({ tenant, target, since }) => [lineKey(tenant, target), since]));
};

const changesIn = (states: readonly State[], snapshot: Snapshot): Change[] => {
  const remembered = new Map(states.map((state) => [lineKey(state.tenant, state.target), state]));
  return [...linesOf(snapshot)].flatMap(([key, line]) => {
    const before = remembered.get(key) ?? null;
    const same = before?.severity === line.severity && before.cause === causeOf(line);
    return same ? [] : [{ line, before }];
  });
};

const writeStates = async (trx: Scoped, changes: readonly Change[]): Promise<void> => {
  await trx
    .insertInto('monitoring.line_state')
    .values(
      changes.map(({ line }) => ({
        tenant: line.instance.tenant,
        target: line.instance.name,
        severity: line.severity,
        cause: causeOf(line),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'target']).doUpdateSet({
        severity: sql<string>`excluded.severity`,
        cause: sql<string>`excluded.cause`,
        since: sql<Date>`case when line_state.severity = excluded.severity then line_state.since else excluded.since end`,
      }),
    )
    .execute();
};

const tellChanges = async (trx: Scoped, changes: readonly Change[]): Promise<void> => {
  const told = changes.filter(({ line, before }) =>
    isWorthTelling(before?.severity ?? null, line.severity),
  );
  if (told.length === 0) return;
  await trx
    .insertInto('monitoring.line_change')
    .values(
      told.map(({ line, before }) => ({
        tenant: line.instance.tenant,
        target: line.instance.name,
        before: before?.severity ?? null,
        severity: line.severity,
        cause: causeOf(line),
        count: line.causes[0]?.count?.toString() ?? null,
        what: line.causes[0]?.what ?? null,
      })),
    )
    .execute();
  await sql`select pg_notify(${lineChannel}, '')`.execute(trx);
};

/** Lines that are not there any more are forgotten, and changes of long ago with them. */
const forget = async (trx: Scoped, states: readonly State[], snapshot: Snapshot): Promise<void> => {
  const there = linesOf(snapshot);
  const gone = states.filter(({ tenant, target }) => !there.has(lineKey(tenant, target)));
  for (const { tenant, target } of gone)
    await trx
      .deleteFrom('monitoring.line_state')
      .where('tenant', '=', tenant)
      .where('target', '=', target)
      .execute();
  await sql`delete from monitoring.line_change where at < now() - make_interval(days => ${mostKept})`.execute(
    trx,
  );
};

/**
 * Remembers how the lines are, and tells what became another. One process does so; in the others nothing happens. Where
 * nothing was remembered at all, nothing is told: everything would seem new.
 */
export const remember = (database: Database, process: string, snapshot: Snapshot): Promise<void> =>
  database.scoped('*', async (trx) => {
    if (!(await isLeader(trx, process))) return;
    const states = await readStates(trx);
    const changes = changesIn(states, snapshot);
    if (changes.length > 0) {
      await writeStates(trx, changes);
      if (states.length > 0) await tellChanges(trx, changes);
    }
    await forget(trx, states, snapshot);
  });

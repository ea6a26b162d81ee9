import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { circuitCountsMs } from '#trace/line-channels.js';
import {
  nothingStanding,
  type CircuitFact,
  type HoldFact,
  type PollFact,
  type Standing,
} from './facts.js';

/** A line as one word; neither part can hold a slash. */
export const lineKey = (tenant: string, target: string): string => `${tenant}/${target}`;

interface Place {
  readonly tenant: string;
  readonly target: string;
}

const byLine = <R extends Place, V>(rows: readonly R[], value: (row: R) => V): Map<string, V> =>
  new Map(rows.map((row) => [lineKey(row.tenant, row.target), value(row)]));

type StandingRow = Place & Standing;

/** Each state by an index of its own; only what waits is looked at itself. */
const standingRows = (trx: Scoped) =>
  sql<StandingRow>`
  with code as (
    select tenant, target, code, count(*) as parked, count(*) filter (where due_at > now() - interval '1 hour') as lately,
      max(due_at) as at
    from delivery.waiting where state = 'parked' group by 1, 2, 3
  ), parked as (
    select tenant, target, sum(parked)::int as parked, (array_agg(code order by parked desc, code))[1] as parked_code,
      sum(lately)::int as lately, max(at) as at
    from code group by 1, 2
  ), held as (
    select tenant, target, count(*)::int as held from delivery.waiting where state = 'held' group by 1, 2
  ), waiting as (
    select tenant, target, count(*)::int as waiting, min(created_at) as since,
      (array_agg(code order by id) filter (where code is not null))[1] as code
    from delivery.waiting where state = 'waiting' group by 1, 2
  )
  select tenant, target, coalesce(waiting.waiting, 0) as waiting, waiting.since as "waitingSince", waiting.code as "waitingCode",
    coalesce(held.held, 0) as held, coalesce(parked.parked, 0) as parked, parked.parked_code as "parkedCode",
    coalesce(parked.lately, 0) as "parkedLastHour", case when parked.lately > 0 then parked.at end as "parkedAt"
  from parked full join held using (tenant, target) full join waiting using (tenant, target)`.execute(
    trx,
  );

const holdRows = (trx: Scoped) =>
  trx
    .selectFrom('delivery.hold')
    .select(['tenant', 'target', 'code', 'held_by as heldBy', 'since'])
    .execute();

/** Several processes may each have a circuit of the line: the worst of them counts, from the first moment on. */
const circuitRows = (trx: Scoped) =>
  sql<Place & CircuitFact>`
  select tenant, target, case when bool_or(phase = 'open') then 'open' else 'recovering' end as phase, min(since) as since
  from delivery.circuit where seen_at > clock_timestamp() - make_interval(secs => ${circuitCountsMs / 1_000})
  group by 1, 2`.execute(trx);

/** Words of a failed poll begin with its code. */
const failedPollRows = (trx: Scoped) =>
  sql<Place & PollFact>`
  select distinct on (tenant, target) tenant, target, split_part(failure, ':', 1) as code, polled_at as at
  from delivery.cursor where failure is not null order by tenant, target, polled_at desc`.execute(
    trx,
  );

/** What stands still now, by line. */
export interface StandingLines {
  readonly standing: (key: string) => Standing;
  readonly hold: (key: string) => HoldFact | null;
  readonly circuit: (key: string) => CircuitFact | null;
  readonly failedPoll: (key: string) => PollFact | null;
}

/** Reads what stands still now, of all tenants. */
export const readStanding = async (trx: Scoped): Promise<StandingLines> => {
  const standing = byLine((await standingRows(trx)).rows, (row): Standing => row);
  const holds = byLine(await holdRows(trx), (row): HoldFact => row);
  const circuits = byLine((await circuitRows(trx)).rows, (row): CircuitFact => row);
  const polls = byLine((await failedPollRows(trx)).rows, (row): PollFact => row);
  return {
    standing: (key) => standing.get(key) ?? nothingStanding,
    hold: (key) => holds.get(key) ?? null,
    circuit: (key) => circuits.get(key) ?? null,
    failedPoll: (key) => polls.get(key) ?? null,
  };
};

import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import { circuitCountsMs } from '#trace/line-channels.js';
import { readChecks, type CheckResult } from '../checks/check.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import { readHolds, type Hold } from './holds.js';

/** Reasons of a line beyond these are only counted. */
const mostReasons = 5;

interface Line {
  readonly tenant: string;
  readonly target: string;
}

/** Messages of a line that wait, or are held, for the same reason. */
interface Reason {
  readonly state: 'waiting' | 'held';
  readonly code: string;
  /** The reason, without what differs from one message to the next. */
  readonly cause: string;
  readonly messages: number;
  /** When the first of them is tried again; null for what is held. */
  readonly nextAt: string | null;
  /** Since when the longest waiting of them does. */
  readonly oldestAt: string;
}

interface Circuit {
  readonly phase: 'open' | 'recovering';
  readonly since: string;
  /** Until then nothing is tried; null while it recovers. */
  readonly probeAt: string | null;
  /** Times that it opened since it last closed. */
  readonly openings: number;
}

/** One connector instance of one tenant where something waits, is held, or goes by a circuit that is not closed. */
export interface LineStanding extends Line {
  /** Null where the tenant has no such instance any more. */
  readonly connector: string | null;
  readonly enabled: boolean;
  readonly waiting: number;
  readonly held: number;
  readonly nextAt: string | null;
  readonly oldestAt: string | null;
  readonly reasons: readonly Reason[];
  readonly hold: Hold | null;
  readonly circuit: Circuit | null;
  readonly check: CheckResult | null;
}

interface ReasonRow extends Line {
  readonly state: 'waiting' | 'held';
  readonly code: string;
  readonly cause: string;
  readonly messages: number;
  readonly next: Date;
  readonly oldest: Date;
}

interface CircuitRow extends Line {
  readonly phase: 'open' | 'recovering';
  readonly since: Date;
  readonly probe_at: Date | null;
  readonly openings: number;
}

interface InstanceRow extends Line {
  readonly connector: string;
  readonly enabled: boolean;
}

const readReasons = async (trx: Scoped, reach: Reach): Promise<readonly ReasonRow[]> => {
  const { rows } = await sql<ReasonRow>`
    select w.tenant, w.target, w.state, coalesce(w.code, 'unclassified') as code, w.cause, count(*)::int as messages,
      min(w.due_at) as next, min(coalesce(w.first_failed_at, w.created_at)) as oldest
    from delivery.waiting w where w.state <> 'parked' and ${within(reach, sql.ref('w.tenant'))}
    group by 1, 2, 3, 4, 5 order by messages desc, code, w.cause`.execute(trx);
  return rows;
};

/** Each process has a circuit of its own: an open one tells more than one that recovers. */
const readCircuits = async (trx: Scoped, reach: Reach): Promise<readonly CircuitRow[]> => {
  const { rows } = await sql<CircuitRow>`
    select distinct on (c.tenant, c.target) c.tenant, c.target, c.phase, c.since, c.probe_at, c.openings
    from delivery.circuit c
    where c.seen_at > clock_timestamp() - make_interval(secs => ${circuitCountsMs / 1_000}::float8)
      and ${within(reach, sql.ref('c.tenant'))}
    order by c.tenant, c.target, c.phase, c.since`.execute(trx);
  return rows;
};

const readInstances = (trx: Scoped): Promise<readonly InstanceRow[]> =>
  trx
    .selectFrom('tenants.connector')
    .select(['tenant', 'name as target', 'connector', 'enabled'])
    .execute();

const keyOf = ({ tenant, target }: Line): string => `${tenant}/${target}`;

const earliest = (moments: readonly Date[]): string | null =>
  moments.length === 0 ? null : new Date(Math.min(...moments.map(Number))).toISOString();

const sumOf = (rows: readonly ReasonRow[]): number =>
  rows.reduce((sum, { messages }) => sum + messages, 0);

const reasonOf = ({ state, code, cause, messages, next, oldest }: ReasonRow): Reason => ({
  ...{ state, code, cause, messages },
  nextAt: state === 'waiting' ? next.toISOString() : null,
  oldestAt: oldest.toISOString(),
});

const circuitOf = (row: CircuitRow | undefined): Circuit | null =>
  row
    ? {
        ...{ phase: row.phase, openings: row.openings, since: row.since.toISOString() },
        probeAt: row.probe_at?.toISOString() ?? null,
      }
    : null;

const byLine = <T extends Line>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const lines = new Map<string, T[]>();
  for (const row of rows) lines.set(keyOf(row), [...(lines.get(keyOf(row)) ?? []), row]);
  return lines;
};

interface Found {
  readonly reasons: readonly ReasonRow[];
  readonly circuit: Circuit | null;
  readonly hold: Hold | null;
  readonly check: CheckResult | null;
  readonly instance: InstanceRow | undefined;
}

const standingOf = (key: string, found: Found): LineStanding => {
  const [tenant = '', target = ''] = key.split('/');
  const { reasons, circuit, hold, check, instance } = found;
  const waiting = reasons.filter(({ state }) => state === 'waiting');
  return {
    ...{ tenant, target, connector: instance?.connector ?? null },
    enabled: instance?.enabled ?? false,
    waiting: sumOf(waiting),
    held: sumOf(reasons) - sumOf(waiting),
    nextAt: earliest(waiting.map(({ next }) => next)),
    oldestAt: earliest(reasons.map(({ oldest }) => oldest)),
    reasons: reasons.slice(0, mostReasons).map(reasonOf),
    ...{ hold, circuit, check },
  };
};

/** Every line at which something waits, is held, or fails as a whole, in the order of their names. */
export const readStanding = (database: Database, reach: Reach): Promise<LineStanding[]> =>
  database.scoped('*', async (trx) => {
    const reasons = byLine(await readReasons(trx, reach));
    const circuits = byLine(await readCircuits(trx, reach));
    const holds = byLine(await readHolds(trx, reach));
    const checks = byLine(await readChecks(trx));
    const instances = byLine(await readInstances(trx));
    return [...new Set([...reasons.keys(), ...circuits.keys(), ...holds.keys()])]
      .sort()
      .map((key) =>
        standingOf(key, {
          reasons: reasons.get(key) ?? [],
          circuit: circuitOf(circuits.get(key)?.[0]),
          hold: holds.get(key)?.[0] ?? null,
          check: checks.get(key)?.[0] ?? null,
          instance: instances.get(key)?.[0],
        }),
      );
  });

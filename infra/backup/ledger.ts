import { sql } from 'kysely';
import type { Bus } from '#bus/connection.js';
import { auditQueue, targetQueue } from '#bus/topology.js';
import type { Scoped } from '#runtime/database.js';

/** Senders' clocks and the collector are never further apart than this: asking for more is harmless, for less is not. */
const marginMs = 300_000;

/** Of a tenant whose tables come from a backup. */
export interface Gap {
  readonly backupAt: Date;
  readonly restoredAt: Date;
  /** Senders repeat everything since then; what the bus knows already it recognises. Null: everything they have. */
  readonly askFrom: Date | null;
}

/** Messages of one target that are accepted, at no end, and stand nowhere in the database. */
export interface Missing {
  readonly target: string;
  readonly count: number;
  /** In the target's queue; null where there is no such queue. Only where it is empty they are in no queue either. */
  readonly queued: number | null;
}

/** What the bus knows of the messages of one tenant. */
export interface Balance {
  readonly tenant: string;
  readonly gap: Gap | null;
  /** Messages by target at an end: `delivered`, `expired`, `discarded`. */
  readonly ended: Readonly<Record<string, number>>;
  /** Rows with which the bus goes on, by state: `waiting`, `held`, `parked`. */
  readonly standing: Readonly<Record<string, number>>;
  readonly missing: readonly Missing[];
  /** In a postvak and not acknowledged: given to its application, perhaps not for the first time. */
  readonly unfetched: number;
}

/** What the balance is drawn up from. */
export interface LedgerParts {
  readonly scoped: <T>(scope: string, work: (trx: Scoped) => Promise<T>) => Promise<T>;
  readonly bus: Pick<Bus, 'countMessages'>;
}

/** Only what was accepted before counts as missing: what came after is on its way. */
export interface LedgerOptions {
  readonly tenant: string | null;
  readonly before: Date;
}

interface Counted {
  readonly tenant: string;
  readonly name: string;
  readonly count: number;
}

/** A message at a target that has not ended there and has no row: it lies in a queue, or is lost with one. */
export const nowhere = (before: Date) => sql`
  from monitoring.target g
  join monitoring.message m on m.tenant = g.tenant and m.id = g.message
  left join delivery.restored r on r.tenant = g.tenant
  where g.status not in ('delivered', 'expired', 'discarded')
    and m.accepted_at < greatest(r.restored_at, ${before}::timestamptz)
    and not exists (
      select from delivery.waiting w
      where w.tenant = g.tenant and w.target = g.target and w.message = g.message)`;

const counts = async (trx: Scoped, before: Date) => {
  const ask = async (query: ReturnType<typeof sql>): Promise<Counted[]> =>
    (await sql<Counted>`${query}`.execute(trx)).rows;
  return {
    ended: await ask(sql`select tenant, status as name, count(*)::int from monitoring.target
      where status in ('delivered', 'expired', 'discarded') group by 1, 2 order by 1, 2`),
    standing: await ask(sql`select tenant, state as name, count(*)::int from delivery.waiting
      group by 1, 2 order by 1, 2`),
    missing: await ask(sql`select g.tenant, g.target as name, count(*)::int ${nowhere(before)}
      group by 1, 2 order by 1, 2`),
    unfetched: await ask(sql`select tenant, '' as name, count(*)::int from delivery.postvak
      where acknowledged_at is null group by 1 order by 1`),
  };
};

interface GapRow {
  readonly tenant: string;
  readonly backup_at: Date | null;
  readonly restored_at: Date | null;
  readonly known_until: Date | null;
}

const gapOf = ({
  backup_at: backupAt,
  restored_at: restoredAt,
  known_until,
}: GapRow): Gap | null => {
  if (!backupAt || !restoredAt) return null;
  const askFrom = known_until && new Date(known_until.getTime() - marginMs);
  return { backupAt, restoredAt, askFrom };
};

const byName = (counted: readonly Counted[], tenant: string): Record<string, number> =>
  Object.fromEntries(
    counted.filter((one) => one.tenant === tenant).map(({ name, count }) => [name, count]),
  );

/** The balance of each tenant, from the tables and the depths of the queues. */
export const readLedger = async (
  { scoped, bus }: LedgerParts,
  { tenant, before }: LedgerOptions,
): Promise<Balance[]> => {
  const { gaps, counted } = await scoped(tenant ?? '*', async (trx) => ({
    gaps: (
      await sql<GapRow>`select t.id as tenant, r.backup_at, r.restored_at, r.known_until
        from tenants.tenant t left join delivery.restored r on r.tenant = t.id order by t.id`.execute(
        trx,
      )
    ).rows,
    counted: await counts(trx, before),
  }));
  const queues = counted.missing.map((one) => targetQueue(one.tenant, one.name));
  const depths = await bus.countMessages(queues);
  return gaps.map((row) => ({
    tenant: row.tenant,
    gap: gapOf(row),
    ended: byName(counted.ended, row.tenant),
    standing: byName(counted.standing, row.tenant),
    missing: Object.entries(byName(counted.missing, row.tenant)).map(([target, count]) => ({
      target,
      count,
      queued: depths.get(targetQueue(row.tenant, target)) ?? null,
    })),
    unfetched: byName(counted.unfetched, row.tenant)[''] ?? 0,
  }));
};

/** Records that monitoring has not collected yet: until there are none the balance is not the last word. */
export const uncollected = async (bus: Pick<Bus, 'countMessages'>): Promise<number> =>
  (await bus.countMessages([auditQueue])).get(auditQueue) ?? 0;

import { sql, type RawBuilder } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';
import { undone } from '../operators/parked/in-hand.js';
import { foldHours } from '../usage/fold.js';
import type { Keeping } from './keeping.js';
import { forgetMonths, makeMonths } from './months.js';

const everyMs = 3_600_000;
const firstMs = 60_000;
/** Small, so that a collector never waits long for a row. */
const batchRows = 1_000;

/** Where a message has ended: nothing more happens to it by itself. */
const ended = sql`('delivered', 'expired', 'discarded')`;

const older = (days: number): RawBuilder<Date> => sql`now() - make_interval(days => ${days}::int)`;

const forgetBodies = (days: number) => sql`
  update monitoring.message set body = null where (tenant, id) in (
    select tenant, id from monitoring.message
    where accepted_at < ${older(days)} and body is not null
    limit ${batchRows} for update skip locked)`;

/**
 * One by one only where they lie in no month of their own: from before there were months, and what outlived its month. A month
 * goes whole.
 */
const forgetSteps = (days: number) => sql`
  delete from monitoring.step where (tenant, message, id, at) in (
    select s.tenant, s.message, s.id, s.at from monitoring.step s
    left join monitoring.message m on m.tenant = s.tenant and m.id = s.message
    where s.at < least(${older(days)}, (select coalesce(max(until) filter (where since = '-infinity'), min(since)) from monitoring.step_month))
      and (m.id is null or m.status in ${ended})
    limit ${batchRows} for update of s skip locked)`;

/** A message goes with its targets and steps: a later record would make it anew, without its past. */
const forgetMessages = (days: number) => sql`
  with gone as (
    delete from monitoring.message where (tenant, id) in (
      select tenant, id from monitoring.message
      where accepted_at < ${older(days)} and status in ${ended}
      limit ${batchRows} for update skip locked)
    returning tenant, id
  ), targets as (
    delete from monitoring.target t using gone where t.tenant = gone.tenant and t.message = gone.id
  ), steps as (
    delete from monitoring.step s using gone where s.tenant = gone.tenant and s.message = gone.id
  )
  select tenant from gone`;

/**
 * What a message did at a target: kept as long as the message, since by it a repeat is recognised. One that still stands
 * as a row, or is in hand, is not past.
 */
const forgetEffects = (days: number) => sql`
  delete from delivery.effect where (tenant, target, message) in (
    select e.tenant, e.target, e.message from delivery.effect e
    where e.at < ${older(days)} and e.busy_until is null and not exists (
      select from delivery.waiting w
      where w.tenant = e.tenant and w.target = e.target and w.message = e.message)
    limit ${batchRows} for update of e skip locked)`;

/** Counts of days; those of their months stay. */
const forgetDays = (days: number) => sql`
  delete from monitoring.usage_count where ctid = any(array(
    select ctid from monitoring.usage_count where at < ${older(days)} limit ${batchRows}))`;

/** What an application has fetched and acknowledged. */
const forgetFetched = (days: number) => sql`
  delete from delivery.postvak where id in (
    select id from delivery.postvak where acknowledged_at < ${older(days)}
    limit ${batchRows} for update skip locked)`;

/** What later messages about a thing needed: its time was counted from when it was last kept. */
const forgetKept = () => sql`
  delete from delivery.kept where (tenant, target, subject) in (
    select tenant, target, subject from delivery.kept where keep_until < now()
    limit ${batchRows} for update skip locked)`;

/** An order about parked messages that has ended, or a plan that nobody started within a day. */
const isPast = (days: number) => sql`(
  (o.state = 'planned' and o.created_at < ${older(1)})
  or (o.state in ('done', 'cancelled') and o.ended_at < ${older(days)}))`;

const forgetItems = (days: number) => sql`
  delete from delivery.parked_item where (order_id, row_id) in (
    select i.order_id, i.row_id from delivery.parked_item i join delivery.parked_order o on o.id = i.order_id
    where ${isPast(days)} and (o.state = 'planned' or not ${undone('i')})
    limit ${batchRows} for update of i skip locked)`;

const forgetOrders = (days: number) => sql`
  delete from delivery.parked_order where id in (
    select o.id from delivery.parked_order o
    where ${isPast(days)} and not exists (select from delivery.parked_item i where i.order_id = o.id)
    limit ${batchRows} for update skip locked)`;

/** In a transaction of its own; 0 where another process is at it. */
const alone = (database: Database, work: (trx: Scoped) => Promise<number>): Promise<number> =>
  database.scoped('*', async (trx) => {
    const lock = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('lb-bus retention', 0)) as free`.execute(
      trx,
    );
    return lock.rows[0]?.free === true ? work(trx) : 0;
  });

/** Runs a statement until it finds no more, each time in a transaction of its own; one process at a time. */
const inBatches = async (
  database: Database,
  statement: () => RawBuilder<unknown>,
): Promise<number> => {
  const once = async (trx: Scoped): Promise<number> => {
    const { numAffectedRows, rows } = await statement().execute(trx);
    return Math.max(Number(numAffectedRows ?? 0), rows.length);
  };
  let total = 0;
  for (let count = batchRows; count === batchRows; total += count)
    count = await alone(database, once);
  return total;
};

/** The register of questions is kept for ten years; processes may remove nothing from it but by this function. */
const forgetConsultations = () =>
  sql`select from generate_series(1, delivery.forget_consultations(${batchRows}))`;

type Forgotten =
  | 'messages'
  | 'bodies'
  | 'steps'
  | 'stepMonths'
  | 'hours'
  | 'days'
  | 'effects'
  | 'kept'
  | 'fetched'
  | 'items'
  | 'orders'
  | 'consultations';

/** Forgets what is past its time; answers how many of each. Throws what PostgreSQL throws. */
export const forget = async (
  database: Database,
  { bodiesDays, stepsDays, messagesDays }: Keeping,
): Promise<Readonly<Record<Forgotten, number>>> => ({
  messages: await inBatches(database, () => forgetMessages(messagesDays)),
  bodies: await inBatches(database, () => forgetBodies(bodiesDays)),
  steps: await inBatches(database, () => forgetSteps(stepsDays)),
  effects: await inBatches(database, () => forgetEffects(messagesDays)),
  kept: await inBatches(database, forgetKept),
  fetched: await inBatches(database, () => forgetFetched(bodiesDays)),
  items: await inBatches(database, () => forgetItems(stepsDays)),
  orders: await inBatches(database, () => forgetOrders(stepsDays)),
  consultations: await inBatches(database, forgetConsultations),
  days: await inBatches(database, () => forgetDays(messagesDays)),
  hours: await foldHours(database),
  // Last: it waits for nobody for long, and gives up rather than that.
  stepMonths: await alone(database, async (trx) => {
    await makeMonths(trx);
    return forgetMonths(trx, stepsDays);
  }),
});

/** Forgets every hour; the first time a minute after the start. Answers the way to stop. */
export const keepForgetting = (options: {
  readonly database: Database;
  readonly keeping: Keeping;
  readonly log: Log;
}): (() => void) => {
  const { database, keeping, log } = options;
  let timer: NodeJS.Timeout;
  const run = async (): Promise<void> => {
    try {
      log.info(await forget(database, keeping), 'forgot what is past its time');
    } catch (error) {
      log.warn(
        { cause: String(error) },
        'could not forget what is past its time; in an hour again',
      );
    }
    timer = setTimeout(() => void run(), everyMs).unref();
  };
  timer = setTimeout(() => void run(), firstMs).unref();
  return () => clearTimeout(timer);
};

import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';

const everyMs = 10_000;
const newsAtOnce = 20_000;
/** Hours of deliveries: what is usual at an hour of the week is told from the last four. Of the rest a few days are enough. */
const hoursDays = { delivered: 35, others: 4 } as const;

/** Whose calendar days and months are counted by. */
export const calendar = 'Europe/Brussels';

const added = sql`do update set amount = excluded.amount + `;

/** What was counted since goes into hours and months: each row leaves the news in the transaction in which it arrives there. */
const addNews = async (trx: Scoped): Promise<number> => {
  const { rows } = await sql<{ taken: number }>`
    with news as (
      delete from monitoring.usage_news where ctid = any(array(select ctid from monitoring.usage_news limit ${newsAtOnce}))
      returning *
    ), hours as (
      insert into monitoring.usage_count as u (tenant, target, measure, at, amount)
      select tenant, target, measure, at, sum(amount) from news group by 1, 2, 3, 4
      on conflict (tenant, at, target, measure) ${added} u.amount
    ), months as (
      insert into monitoring.usage_month as u (tenant, target, measure, month, amount)
      select tenant, target, measure, date_trunc('month', at at time zone ${calendar})::date, sum(amount) from news group by 1, 2, 3, 4
      on conflict (month, tenant, target, measure) ${added} u.amount
    )
    select count(*)::int as taken from news`.execute(trx);
  return rows[0]?.taken ?? 0;
};

/** Hours that nobody asks for one by one any more become the day that they belong to. */
const hoursToDays = async (trx: Scoped): Promise<number> => {
  const { rows } = await sql<{ taken: number }>`
    with old as (
      delete from monitoring.usage_count
      where at < now() - make_interval(days => ${hoursDays.others})
        and at >= now() - make_interval(days => ${hoursDays.delivered + 10})
        and at <> date_trunc('day', at, ${calendar})
        and (measure <> 'delivered' or at < now() - make_interval(days => ${hoursDays.delivered}))
      returning *
    ), days as (
      insert into monitoring.usage_count as u (tenant, target, measure, at, amount)
      select tenant, target, measure, date_trunc('day', at, ${calendar}), sum(amount) from old group by 1, 2, 3, 4
      on conflict (tenant, at, target, measure) ${added} u.amount
    )
    select count(*)::int as taken from old`.execute(trx);
  return rows[0]?.taken ?? 0;
};

const alone = (database: Database, work: (trx: Scoped) => Promise<number>): Promise<number> =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('lb-bus usage', 0)) as free`.execute(trx);
    return rows[0]?.free === true ? work(trx) : 0;
  });

/**
 * Adds up what was counted since; answers how many rows it took. Whatever runs beside it or dies in the middle, each count stands
 * once, in the news or in the sums. Throws what PostgreSQL throws.
 */
export const foldNews = async (database: Database): Promise<number> => {
  let total = 0;
  for (let taken = newsAtOnce; taken === newsAtOnce; total += taken)
    taken = await alone(database, addNews);
  return total;
};

/** Makes days of the hours that are past their time; answers how many went. Throws what PostgreSQL throws. */
export const foldHours = (database: Database): Promise<number> => alone(database, hoursToDays);

/** Adds up every ten seconds. Answers the way to stop. */
export const keepFolding = ({
  database,
  log,
}: {
  readonly database: Database;
  readonly log: Log;
}): (() => Promise<void>) => {
  const fold = async (): Promise<void> => {
    try {
      await foldNews(database);
    } catch (error) {
      log.debug({ cause: String(error) }, 'counts are added up later');
    }
  };
  let running = fold();
  const timer = setInterval(() => {
    running = running.then(fold);
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
};

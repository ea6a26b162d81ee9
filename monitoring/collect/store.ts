import { sql } from 'kysely';
import type { KeysOf } from '#bus/audit.js';
import type { StepRecord } from '#bus/records.js';
import type { Database, Scoped } from '#runtime/database.js';
import { unread } from '#runtime/riding.js';
import { tellLive, type Hint } from '../live/hint.js';
import { arrange } from './arrange.js';
import type { Batch } from './contents.js';
import { upsertMessages } from './messages.js';
import { refreshStatus } from './standing.js';
import { insertSteps } from './steps.js';
import { writeTargets } from './targets.js';

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
 * Another collector that has records of the same messages waits here: what both write lies in three tables, whose rows they
 * would lock crosswise. The contents are in one order for every process.
 */
const lockMessages = async (trx: Scoped, { contents }: Batch): Promise<void> => {
  const names = contents.map(({ envelope: { tenant, id } }) => `${tenant}|${id}`);
  const locks = sql`select pg_advisory_xact_lock(hashtextextended(name, 1))
    from unnest(${names}::text[]) as n (name)`;
  await unread(locks).execute(trx);
};

/**
 * Writes a batch in one transaction; written again, in whatever order and company, it changes nothing more.
 * Throws what PostgreSQL throws, and `Crossed`.
 */
export const storeBatch = (database: Database, batch: Batch, keysOf: KeysOf): Promise<void> =>
  database.scoped('*', async (trx) => {
    if (batch.contents.length === 0) return;
    await lockMessages(trx, batch);
    const placed = await arrange(trx, batch.contents, keysOf);
    const news = placed.filter(({ stored }) => !stored);
    await writeTargets(trx, news, batch.steps);
    // After their targets, so that they are written once; before their steps, which need their rows locked.
    await upsertMessages(trx, news);
    await insertSteps(trx, batch.steps);
    await refreshStatus(trx, placed);
    await tellLive(trx, hintsOf(batch));
  });

import { sql } from 'kysely';
import type { KeysOf } from '#bus/audit.js';
import type { StepRecord } from '#bus/records.js';
import type { Database, Scoped } from '#runtime/database.js';
import { tellLive, type Hint } from '../live/hint.js';
import { arrange, type Placed } from './arrange.js';
import type { Batch } from './contents.js';
import { upsertMessages } from './messages.js';
import { insertSteps } from './steps.js';
import { insertTargets, upsertTargets } from './targets.js';

/** A message stands where the first in this list of its targets stands; without a target it is delivered. */
const standings = ['parked', 'held', 'waiting', 'accepted', 'expired', 'discarded', 'delivered'];

const refreshStatus = async (trx: Scoped, placed: readonly Placed[]): Promise<void> => {
  const tenants = placed.map(({ envelope }) => envelope.tenant);
  const ids = placed.map(({ envelope }) => envelope.id);
  await sql`
    update monitoring.message m set status = s.status
    from (
      select k.tenant, k.id,
        (${standings}::text[])[coalesce(min(array_position(${standings}::text[], t.status)), ${standings.length})] as status
      from unnest(${tenants}::text[], ${ids}::uuid[]) k (tenant, id)
      left join monitoring.target t on t.tenant = k.tenant and t.message = k.id
      group by k.tenant, k.id
    ) s
    where m.tenant = s.tenant and m.id = s.id and m.status is distinct from s.status`.execute(trx);
};

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
 * Writes a batch in one transaction; written again, in whatever order and company, it changes nothing more.
 * Throws what PostgreSQL throws, and `Crossed`.
 */
export const storeBatch = (database: Database, batch: Batch, keysOf: KeysOf): Promise<void> =>
  database.scoped('*', async (trx) => {
    if (batch.contents.length === 0) return;
    const placed = await arrange(trx, batch.contents, keysOf);
    await upsertMessages(trx, placed);
    await insertTargets(trx, placed);
    if (batch.steps.length > 0) {
      await upsertTargets(trx, batch.steps);
      await insertSteps(trx, batch.steps);
    }
    await refreshStatus(trx, placed);
    await tellLive(trx, hintsOf(batch));
  });

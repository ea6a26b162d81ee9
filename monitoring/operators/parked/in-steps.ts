import { setTimeout as pause } from 'node:timers/promises';
import { sql, type RawBuilder } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { unread } from '#runtime/riding.js';

const rowsPerStep = 250;
/** Where a step takes long because the machine is full, resting still longer gives nobody anything. */
const longestRestMs = 100;
/** As often as each step took. */
const restsPerStep = 3;

/** Each row of a step by its key: of a table that has just been filled the planner thinks that reading all of it costs less. */
const byKey = [
  sql`set local plan_cache_mode = force_generic_plan`,
  sql`set local enable_hashjoin = off`,
  sql`set local enable_mergejoin = off`,
];

/**
 * Does something with rows of which there may be very many: a few at a time, and resting three times as long as each step took, so that
 * who else needs PostgreSQL finds it free. The rows are those of the moment at which it begins, and all of it is one
 * transaction: what follows in it is planned for few rows too.
 */
export const inSteps = async <Row>(
  trx: Scoped,
  rows: RawBuilder<Row>,
  step: (rows: readonly Row[]) => Promise<void>,
): Promise<void> => {
  await sql`declare steps no scroll cursor for ${rows}`.execute(trx);
  for (const setting of byKey) await unread(setting).execute(trx);
  for (;;) {
    const begunMs = performance.now();
    const { rows: next } = await sql<Row>`fetch ${sql.lit(rowsPerStep)} from steps`.execute(trx);
    if (next.length > 0) await step(next);
    if (next.length < rowsPerStep) break;
    await pause(Math.min(longestRestMs, restsPerStep * (performance.now() - begunMs)));
  }
  await sql`close steps`.execute(trx);
};

import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import { cursorOf, cursorText } from '../messages/cursor.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import type { ActsSearchDto } from './acts.dto.js';

/** Which acts are asked for, as `ActsSearchDto` has it. */
export type ActsWish = { readonly [name in keyof ActsSearchDto]: ActsSearchDto[name] };

/** What somebody did, to what, when and why. */
export interface Act {
  readonly id: string;
  readonly at: string;
  /** '*' where it was over several tenants. */
  readonly tenant: string;
  readonly person: string;
  readonly kind: string;
  readonly reason: string;
  /** On what, by name; without personal data. */
  readonly subject: Readonly<Record<string, string>>;
}

interface Row extends Omit<Act, 'at'> {
  readonly at: Date;
}

const conditionsOf = (wish: ActsWish, reach: Reach) => {
  const after = wish.cursor === undefined ? null : cursorOf(wish.cursor);
  return [
    within(reach, sql.ref('a.tenant')),
    ...(wish.tenant === undefined ? [] : [sql<boolean>`a.tenant = ${wish.tenant}`]),
    ...(wish.person === undefined ? [] : [sql<boolean>`a.operator = ${wish.person}`]),
    ...(wish.kind === undefined ? [] : [sql<boolean>`a.action = ${wish.kind}`]),
    ...(wish.since === undefined ? [] : [sql<boolean>`a.at >= ${new Date(wish.since)}`]),
    ...(wish.until === undefined ? [] : [sql<boolean>`a.at < ${new Date(wish.until)}`]),
    ...(after ? [sql<boolean>`a.id < ${after.id}::bigint`] : []),
  ];
};

/** Acts on the tenants that are reached, the latest first, a page at a time. Throws `ProblemError`. */
export const readActs = async (
  database: Database,
  wish: ActsWish,
  reach: Reach,
): Promise<{ readonly acts: readonly Act[]; readonly next: string | null }> => {
  const conditions = conditionsOf(wish, reach);
  const { rows } = await database.scoped('*', (trx) =>
    sql<Row>`
      select a.id::text, a.at, a.tenant, a.operator as person, a.action as kind, a.reason, a.subject
      from monitoring.operator_action a where ${sql.join(conditions, sql` and `)}
      order by a.id desc limit ${wish.limit + 1}`.execute(trx),
  );
  const shown = rows.slice(0, wish.limit);
  const last = shown.at(-1);
  return {
    acts: shown.map(({ at, ...act }) => ({ ...act, at: at.toISOString() })),
    next: rows.length > shown.length && last ? cursorText(last) : null,
  };
};

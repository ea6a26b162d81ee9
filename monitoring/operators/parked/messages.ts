import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { Database } from '#runtime/database.js';
import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';
import { inHand } from './in-hand.js';
import {
  codeOfRow,
  connectorOfRow,
  groupOfRow,
  matching,
  parkedRows,
  type Selection,
} from './matching.js';

interface Row {
  readonly id: string;
  readonly tenant: string;
  readonly target: string;
  readonly message: string;
  readonly due_at: Date;
  /** Microseconds too, which a Date has not. */
  readonly moment: string;
  readonly attempt: number;
  readonly code: string;
  readonly cause: string;
  readonly detail: string | null;
  readonly connector: string;
  readonly group: string;
  readonly envelope: Partial<Envelope>;
  readonly order: string | null;
}

const cursorText = ({ moment, id }: Row): string =>
  Buffer.from(`${moment} ${id}`).toString('base64url');

const cursorOf = (text: string): { moment: string; id: string } => {
  const [, moment, id] =
    /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (\d{1,18})$/.exec(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) ?? [];
  if (moment === undefined || id === undefined || Number.isNaN(Date.parse(moment)))
    throw new ProblemError('bad-request', tell('cursor'));
  return { moment, id };
};

const shown = (row: Row) => ({
  tenant: row.tenant,
  target: row.target,
  connector: row.connector,
  id: row.message,
  type: row.envelope.type ?? null,
  source: row.envelope.source ?? null,
  senderId: row.envelope.senderId ?? null,
  subject: row.envelope.subject ?? null,
  acceptedAt: row.envelope.acceptedAt ?? null,
  digest: row.envelope.digest ?? null,
  causationId: row.envelope.causationId ?? null,
  parkedAt: row.due_at.toISOString(),
  attempts: row.attempt,
  code: row.code,
  detail: row.detail,
  cause: row.cause,
  group: row.group,
  /** The order that has it in hand. */
  order: row.order,
});

/** A selection, a page at a time. */
interface Page extends Selection {
  readonly cursor?: string;
  readonly limit: number;
}

/** What is parked, the newest first, a page at a time. Throws `ProblemError`. */
export const searchParked = async (database: Database, wish: Page) => {
  const { cursor, limit } = wish;
  const from = cursor === undefined ? null : cursorOf(cursor);
  const after = from
    ? sql`and (w.due_at, w.id) < (${from.moment}::timestamptz, ${from.id}::bigint)`
    : sql``;
  const { rows } = await database.scoped('*', (trx) =>
    sql<Row>`
      select w.id, w.tenant, w.target, w.message, w.due_at, w.attempt, ${codeOfRow} as code, w.cause, w.detail,
        to_char(w.due_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment,
        ${connectorOfRow} as connector, ${groupOfRow} as "group", w.envelope,
        (select i.order_id from delivery.parked_item i where i.row_id = w.id and ${inHand('i')} limit 1) as "order"
      from ${parkedRows} where ${matching(wish)} ${after}
      order by w.due_at desc, w.id desc limit ${limit + 1}`.execute(trx),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    messages: page.map(shown),
    next: rows.length > page.length && last ? cursorText(last) : null,
  };
};

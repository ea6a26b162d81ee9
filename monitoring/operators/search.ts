import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import { messageColumns, type MessageRow } from '#trace/message-rows.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import { ProblemError } from '../problems/problem.js';
import type { SearchDto } from './message.dto.js';

/** A message as an operator sees it in a list. */
export const lineOf = (row: MessageRow) => ({
  tenant: row.tenant,
  id: row.id,
  status: row.status,
  type: row.type,
  kind: row.kind,
  source: row.source,
  senderId: row.sender_id,
  subject: row.subject,
  acceptedAt: row.accepted_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  conflictOf: row.conflict_of,
});

interface Cursor {
  readonly at: Date;
  readonly id: string;
}

const cursorText = ({ at, id }: Cursor): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

const cursorOf = (text: string): Cursor => {
  const [moment = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const at = new Date(moment);
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f-]{36}$/.test(id))
    throw new ProblemError('bad-request', 'cursor is not one that this API gave');
  return { at, id };
};

/** Messages of every tenant that is reached, newest first, a page at a time. Throws `ProblemError`. */
export const searchMessages = async (database: Database, wish: SearchDto, reach: Reach) => {
  const cursor = wish.cursor === undefined ? null : cursorOf(wish.cursor);
  const equal = [
    ['tenant', wish.tenant],
    ['status', wish.status],
    ['type', wish.type],
    ['subject', wish.subject],
    ['sender_id', wish.senderId],
    ['id', wish.id],
  ] as const;
  const rows = await database.scoped('*', (trx) =>
    trx
      .selectFrom('monitoring.message')
      .select(messageColumns)
      .where((eb) =>
        eb.and([
          ...(reach === null ? [] : [within(reach, sql.ref('tenant'))]),
          ...equal.flatMap(([column, value]) =>
            value === undefined ? [] : [eb(column, '=', value)],
          ),
          ...(wish.since === undefined ? [] : [eb('accepted_at', '>=', new Date(wish.since))]),
          ...(wish.until === undefined ? [] : [eb('accepted_at', '<', new Date(wish.until))]),
          ...(cursor
            ? [eb(eb.refTuple('accepted_at', 'id'), '<', eb.tuple(cursor.at, cursor.id))]
            : []),
        ]),
      )
      .orderBy('accepted_at', 'desc')
      .orderBy('id', 'desc')
      .limit(wish.limit + 1)
      .execute(),
  );
  const shown = rows.slice(0, wish.limit);
  const last = shown.at(-1);
  return {
    messages: shown.map(lineOf),
    next:
      rows.length > shown.length && last ? cursorText({ at: last.accepted_at, id: last.id }) : null,
  };
};

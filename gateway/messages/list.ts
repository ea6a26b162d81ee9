import { momentOf } from '#intake/rfc3339.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Tenant } from '#tenants/directory.js';
import { checkedIn, requireNames, textIn, wholeNumber, type Query } from './query.js';
import { messageColumns } from '#trace/message-rows.js';
import { uuid } from './read.js';
import { lineView } from './view.js';

const usualLimit = 50;
const mostLimit = 200;
const statuses = ['parked', 'held', 'waiting', 'accepted', 'expired', 'discarded', 'delivered'];
const names = ['status', 'type', 'subject', 'since', 'cursor', 'limit'];

/** The last message of a page: the next begins after it. */
interface Cursor {
  readonly acceptedAt: Date;
  readonly id: string;
}

interface Wish {
  readonly status: string | null;
  readonly type: string | null;
  readonly subject: string | null;
  readonly since: Date | null;
  readonly cursor: Cursor | null;
  readonly limit: number;
}

const encodeCursor = ({ acceptedAt, id }: Cursor): string =>
  Buffer.from(`${acceptedAt.toISOString()} ${id}`).toString('base64url');

const cursorIn = (text: string): Cursor | null => {
  const [moment = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const acceptedAt = momentOf(moment);
  return acceptedAt && uuid.test(id) ? { acceptedAt, id } : null;
};

const wishOf = (query: Query): Wish => {
  requireNames(query, names);
  return {
    status: checkedIn(query, 'status', (text) => (statuses.includes(text) ? text : null)),
    type: textIn(query, 'type'),
    subject: textIn(query, 'subject'),
    since: checkedIn(query, 'since', momentOf),
    cursor: checkedIn(query, 'cursor', cursorIn),
    limit: checkedIn(query, 'limit', wholeNumber(1, mostLimit)) ?? usualLimit,
  };
};

const page = async (trx: Scoped, { status, type, subject, since, cursor, limit }: Wish) => {
  const messages = await trx
    .selectFrom('monitoring.message')
    .select(messageColumns)
    .where((eb) =>
      eb.and([
        ...(status === null ? [] : [eb('status', '=', status)]),
        ...(type === null ? [] : [eb('type', '=', type)]),
        ...(subject === null ? [] : [eb('subject', '=', subject)]),
        ...(since ? [eb('accepted_at', '>=', since)] : []),
        ...(cursor
          ? [eb(eb.refTuple('accepted_at', 'id'), '<', eb.tuple(cursor.acceptedAt, cursor.id))]
          : []),
      ]),
    )
    .orderBy('accepted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  if (messages.length === 0) return { messages, targets: [] };
  const ids = messages.map(({ id }) => id);
  const targets = await trx
    .selectFrom('monitoring.target')
    .selectAll()
    .where('message', 'in', ids)
    .orderBy('target')
    .execute();
  return { messages, targets };
};

const nextOf = (query: Query, cursor: Cursor): string => {
  const kept = Object.entries(query).filter(([name]) => name !== 'cursor') as [string, string][];
  return `/v1/messages?${new URLSearchParams([...kept, ['cursor', encodeCursor(cursor)]]).toString()}`;
};

/** The messages of the tenant, newest first, a page at a time. Throws 400 for an unknown or wrong query value. */
export const listMessages = async (database: Database, tenant: Tenant, query: Query) => {
  const wish = wishOf(query);
  const { messages, targets } = await database.scoped(tenant.id, (trx) => page(trx, wish));
  const shown = messages.slice(0, wish.limit);
  const last = shown.at(-1);
  const more = messages.length > shown.length && last;
  return {
    messages: shown.map((message) => lineView(message, targets)),
    next: more ? nextOf(query, { acceptedAt: last.accepted_at, id: last.id }) : null,
  };
};

import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import type { Reach } from '../people/person.js';
import {
  allOf,
  keyConditions,
  otherConditions,
  timeConditions,
  type Asked,
  type Wish,
} from './conditions.js';
import { cursorOf, cursorText, type Cursor } from './cursor.js';
import { recognise, type Recognised } from './recognise.js';
import { standingsOf } from './standings.js';
import { tenantsWith } from './tenants-with.js';
import { byWalking, fullPage, type ListedRow, type Page } from './walk.js';
import { columns, newestFirst, waysOf } from './ways.js';

/** A message as an operator sees it in a list. */
export const lineOf = (row: ListedRow) => ({
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

const usualPatienceMs = 200;

/** What an id of some kind finds is little: it is sorted. */
const byKey = async (
  trx: Scoped,
  wish: Wish,
  { reach, cursor }: Pick<From, 'reach' | 'cursor'>,
): Promise<Page> => {
  const conditions = [
    ...keyConditions(wish),
    ...timeConditions(wish, cursor),
    ...otherConditions(wish, reach),
  ];
  const { rows } = await sql<ListedRow>`
    select ${columns} from monitoring.message m where ${allOf(conditions)} ${newestFirst} limit ${wish.limit + 1}`.execute(
    trx,
  );
  return fullPage(rows, wish.limit);
};

/** What was asked by name goes before what was typed. */
const wishOf = (asked: Asked, recognised: Recognised): Wish => {
  const named = Object.entries<unknown>(asked).filter(
    ([name, value]) => name !== 'text' && value !== undefined,
  );
  return { limit: asked.limit, ...recognised, ...Object.fromEntries(named) };
};

const nothing: Page = { rows: [], after: null, unfinished: false };

/** Where a page begins and what it is cut to. */
interface From {
  readonly reach: Reach;
  readonly cursor: Cursor | null;
  readonly patienceMs: number;
}

/** The messages of a page: by an id, or by walking through the tenants of which there can be any. */
const pageOf = async (trx: Scoped, wish: Wish, from: From): Promise<Page> => {
  const { reach, cursor, patienceMs } = from;
  if (keyConditions(wish).length > 0) return byKey(trx, wish, from);
  const among = await tenantsWith(trx, wish, reach);
  if (among?.size === 0) return nothing;
  const [only, ...others] = among ?? [];
  const cut = only !== undefined && others.length === 0 ? { ...wish, tenant: only } : wish;
  return byWalking(trx, { ways: waysOf(cut, among), cursor, limit: wish.limit }, patienceMs);
};

/** What a search is cut to and what it knows by name. */
export interface SearchIn {
  readonly database: Database;
  readonly directory: Directory;
  readonly reach: Reach;
  /** A page is given after this long, full or not: the next goes on where this one came to. */
  readonly patienceMs?: number;
}

/** Tenants by the names that the person may know. */
const tenantsOf = ({ directory, reach }: SearchIn): ReadonlySet<string> =>
  reach ?? new Set(directory.tenants.keys());

/**
 * Messages of every tenant that is reached, newest first, a page at a time, within about 0.3 s: where what is asked is rare and
 * has no index, `unfinished` says how far back was looked, and `next` goes on there. Throws `ProblemError`.
 */
export const searchMessages = async (within: SearchIn, asked: Asked) => {
  const { database, reach, patienceMs = usualPatienceMs } = within;
  const cursor = asked.cursor === undefined ? null : cursorOf(asked.cursor);
  const understood = recognise(asked.text ?? '', { tenants: tenantsOf(within) });
  const wish = wishOf(asked, understood);
  return database.scoped('*', async (trx) => {
    const { rows, after, unfinished } = await pageOf(trx, wish, { reach, cursor, patienceMs });
    const standings = await standingsOf(trx, rows);
    return {
      messages: rows.map((row) => ({ ...lineOf(row), targets: standings(row) })),
      next: after && cursorText(after),
      lookedBackTo: unfinished ? (after?.at.toISOString() ?? null) : null,
      understood,
    };
  });
};

/** A page of what was found. */
export type Found = Awaited<ReturnType<typeof searchMessages>>;

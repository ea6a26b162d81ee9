import { sql, type RawBuilder } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import type { MessageRow } from '#trace/message-rows.js';
import type { Reach } from '../people/person.js';
import {
  allOf,
  keyConditions,
  otherConditions,
  timeConditions,
  walkCondition,
  type Asked,
  type Wish,
} from './conditions.js';
import { cursorOf, cursorText, type Cursor } from './cursor.js';
import { everHad } from './ever-had.js';
import { fewHappened } from './happened.js';
import { recognise, type Recognised } from './recognise.js';
import { standingsOf } from './standings.js';

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

type ListedRow = Pick<
  MessageRow,
  | 'tenant'
  | 'id'
  | 'status'
  | 'type'
  | 'kind'
  | 'source'
  | 'sender_id'
  | 'subject'
  | 'accepted_at'
  | 'expires_at'
  | 'conflict_of'
>;

const columns = sql`m.tenant, m.id, m.status, m.type, m.kind, m.source, m.sender_id, m.subject, m.accepted_at, m.expires_at,
  m.conflict_of`;
const newestFirst = sql`order by m.accepted_at desc, m.id desc`;

const usualPatienceMs = 200;
const firstStride = 1_000;
const shortestStride = 200;
/** Further at once the planner reads all to which it happened instead of looking each up: with ten million messages a page then took 0.8 s. */
const longestStride = 2_000;

interface Page {
  readonly rows: readonly ListedRow[];
  /** From where the next page goes on; null where nothing is left. */
  readonly after: Cursor | null;
  /** Time was up before the page was full: further back nobody has looked yet. */
  readonly unfinished: boolean;
}

/** Where a page begins and what it is cut to. */
interface From {
  readonly reach: Reach;
  readonly cursor: Cursor | null;
  readonly patienceMs: number;
  /** Names the few that can fit; null where they are not few, or not known. */
  readonly few: RawBuilder<boolean> | null;
}

const cursorAfter = (row: ListedRow | undefined): Cursor | null =>
  row ? { at: row.accepted_at, id: row.id } : null;

const fullPage = (rows: readonly ListedRow[], limit: number): Page => {
  const shown = rows.slice(0, limit);
  const after = rows.length > limit ? cursorAfter(shown.at(-1)) : null;
  return { rows: shown, after, unfinished: false };
};

/** What an id of some kind finds is little: it is sorted. */
const byKey = async (trx: Scoped, wish: Wish, { reach, cursor, few }: From): Promise<Page> => {
  const conditions = [
    ...keyConditions(wish),
    ...(few ? [few] : []),
    ...timeConditions(wish, cursor),
    ...otherConditions(wish, reach),
  ];
  const { rows } = await sql<ListedRow>`
    select ${columns} from monitoring.message m where ${allOf(conditions)} ${newestFirst} limit ${wish.limit + 1}`.execute(
    trx,
  );
  return fullPage(rows, wish.limit);
};

interface Stride {
  readonly found: readonly ListedRow[];
  /** The last that was looked at; null where there were fewer than the stride. */
  readonly end: Cursor | null;
}

type StrideRow = ListedRow & {
  readonly walked: number;
  readonly end_at: Date;
  readonly end_id: string;
};

/** Looks at the next `stride` messages along the index and takes those that fit, one more than a page at most. */
const strideFrom = async (
  trx: Scoped,
  wish: Wish,
  { reach, cursor, stride }: Pick<From, 'reach' | 'cursor'> & { readonly stride: number },
): Promise<Stride> => {
  const along = allOf([...walkCondition(wish), ...timeConditions(wish, cursor)]);
  const { rows } = await sql<StrideRow | { [column in keyof StrideRow]: null }>`
    with walked as materialized (
      select ${columns} from monitoring.message m where ${along} ${newestFirst} limit ${stride})
    select w.walked, e.*, f.* from (select count(*)::int as walked from walked) w
    left join (
      select m.accepted_at as end_at, m.id as end_id from walked m order by m.accepted_at, m.id limit 1) e on true
    left join (
      select m.* from walked m where ${allOf(otherConditions(wish, reach))} ${newestFirst} limit ${wish.limit + 1}) f on true`.execute(
    trx,
  );
  const found = rows.filter((row): row is StrideRow => row.id !== null);
  const [first] = rows;
  const ended = !first?.end_at || !first.end_id || first.walked < stride;
  return { found, end: ended ? null : { at: first.end_at, id: first.end_id } };
};

/** Whether everything that is asked is walked by, so that whatever is met fits. */
const allFit = (wish: Wish, reach: Reach): boolean =>
  wish.status === undefined && otherConditions(wish, reach).length === walkCondition(wish).length;

/** Four times as far, but no further than there is time for at the pace of the last. */
const nextStride = (stride: number, timesLeft: number): number =>
  Math.max(shortestStride, Math.min(longestStride, Math.round(stride * Math.min(4, timesLeft))));

/** Walks from the newest on, in strides that grow, until the page is full, all was seen or time is up. */
const byWalking = async (trx: Scoped, wish: Wish, from: From): Promise<Page> => {
  const until = performance.now() + from.patienceMs;
  const rows: ListedRow[] = [];
  let { cursor } = from;
  const first = allFit(wish, from.reach) ? wish.limit + 1 : firstStride;
  for (let stride = first; ;) {
    const begun = performance.now();
    const { found, end } = await strideFrom(trx, wish, { reach: from.reach, cursor, stride });
    rows.push(...found);
    if (rows.length > wish.limit || !end) return fullPage(rows, wish.limit);
    cursor = end;
    const now = performance.now();
    if (now > until) return { rows, after: cursor, unfinished: true };
    stride = nextStride(stride, (until - now) / (now - begun));
  }
};

/** What was asked by name goes before what was typed. */
const wishOf = (asked: Asked, recognised: Recognised): Wish => {
  const named = Object.entries<unknown>(asked).filter(
    ([name, value]) => name !== 'text' && value !== undefined,
  );
  return { limit: asked.limit, ...recognised, ...Object.fromEntries(named) };
};

const isByKey = (wish: Wish): boolean => keyConditions(wish).length > 0;

const nothing: Page = { rows: [], after: null, unfinished: false };

/** The messages of a page: by an id, by what befell few, or by walking where there can be any. */
const pageOf = async (trx: Scoped, wish: Wish, from: Omit<From, 'few'>): Promise<Page> => {
  if (isByKey(wish)) return byKey(trx, wish, { ...from, few: null });
  if (!(await everHad(trx, wish, from.reach))) return nothing;
  const few = await fewHappened(trx, wish, from.reach);
  return (few ? byKey : byWalking)(trx, wish, { ...from, few });
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

const onlyTenantOf = (reach: Reach): string | undefined => {
  const [only, ...others] = reach ?? [];
  return others.length === 0 ? only : undefined;
};

/**
 * Messages of every tenant that is reached, newest first, a page at a time, within about 0.3 s: where what is asked is rare and
 * has no index, `unfinished` says how far back was looked, and `next` goes on there. Throws `ProblemError`.
 */
export const searchMessages = async (within: SearchIn, asked: Asked) => {
  const { database, reach, patienceMs = usualPatienceMs } = within;
  const cursor = asked.cursor === undefined ? null : cursorOf(asked.cursor);
  const understood = recognise(asked.text ?? '', { tenants: tenantsOf(within) });
  const wish = wishOf(asked, understood);
  const only = onlyTenantOf(reach);
  const cut = wish.tenant === undefined && only !== undefined ? { ...wish, tenant: only } : wish;
  return database.scoped('*', async (trx) => {
    const { rows, after, unfinished } = await pageOf(trx, cut, { reach, cursor, patienceMs });
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

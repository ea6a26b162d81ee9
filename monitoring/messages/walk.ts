import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { MessageRow } from '#trace/message-rows.js';
import { allOf } from './conditions.js';
import type { Cursor } from './cursor.js';
import { columns, newestFirst, type Way } from './ways.js';

/** What a list tells of a message. */
export type ListedRow = Pick<
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

/** Some messages of those that are asked, the newest first. */
export interface Page {
  readonly rows: readonly ListedRow[];
  /** From where the next page goes on; null where nothing is left. */
  readonly after: Cursor | null;
  /** Time was up before the page was full: further back nobody has looked yet. */
  readonly unfinished: boolean;
}

const cursorAfter = (row: ListedRow | undefined): Cursor | null =>
  row ? { at: row.accepted_at, id: row.id } : null;

/** A page of rows that were looked for until there was one more than fits, or no other. */
export const fullPage = (rows: readonly ListedRow[], limit: number): Page => {
  const shown = rows.slice(0, limit);
  const after = rows.length > limit ? cursorAfter(shown.at(-1)) : null;
  return { rows: shown, after, unfinished: false };
};

const firstStride = 250;
const shortestStride = 200;
/** Further at once the planner reads all to which it happened instead of looking each up: with ten million messages a page then took 0.8 s. */
const longestStride = 2_000;
/** Where the index tells nearly all, a step along it costs hardly anything. */
const longestToldStride = 20_000;

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

/** Where a walk begins and what it is to find. */
export interface Walk {
  readonly ways: readonly Way[];
  readonly cursor: Cursor | null;
  readonly limit: number;
}

/** How far one of the ways was gone, and what was found on it. */
interface Gone {
  readonly way: Way;
  readonly rows: ListedRow[];
  cursor: Cursor | null;
  stride: number;
  spentMs: number;
}

/** Looks at the next stride along the way and takes those that fit, one more than a page at most. */
const strideFrom = async (
  trx: Scoped,
  { way, cursor, stride }: Gone,
  limit: number,
): Promise<Stride> => {
  const { rows } = await sql<StrideRow | { [column in keyof StrideRow]: null }>`
    with walked as materialized (${way.next(cursor, stride)})
    select w.walked, e.*, f.* from (select count(*)::int as walked from walked) w
    left join (
      select w.accepted_at as end_at, w.id as end_id from walked w order by w.accepted_at, w.id limit 1) e on true
    left join (
      select ${columns} from ${way.met} where ${allOf(way.conditions)} ${newestFirst} limit ${limit + 1}) f on true`.execute(
    trx,
  );
  const found = rows.filter((row): row is StrideRow => row.id !== null);
  const [first] = rows;
  const ended = !first?.end_at || !first.end_id || first.walked < stride;
  return { found, end: ended ? null : { at: first.end_at, id: first.end_id } };
};

/** Four times as far, but no further than there is time for at the pace of the last. */
const nextStride = ({ way, stride }: Gone, timesLeft: number): number => {
  const longest = way.told ? longestToldStride : longestStride;
  return Math.max(shortestStride, Math.min(longest, Math.round(stride * Math.min(4, timesLeft))));
};

/** One stride further; the page where it is full by now, or nothing is left on this way. */
const goOn = async (
  trx: Scoped,
  gone: Gone,
  { limit, until }: { readonly limit: number; readonly until: number },
): Promise<Page | null> => {
  const begun = performance.now();
  const { found, end } = await strideFrom(trx, gone, limit);
  gone.rows.push(...found);
  if (gone.rows.length > limit || !end) return fullPage(gone.rows, limit);
  gone.cursor = end;
  const now = performance.now();
  gone.spentMs += now - begun;
  gone.stride = nextStride(gone, (until - now) / (now - begun));
  return null;
};

const moment = ({ cursor }: Gone): number => cursor?.at.getTime() ?? Infinity;

/**
 * Walks from the newest on, in strides that grow, until the page is full, all was seen or time is up. Of several ways each is gone
 * as long as the others: on whichever the page is full first, all that fits was met.
 */
export const byWalking = async (
  trx: Scoped,
  { ways, cursor, limit }: Walk,
  patienceMs: number,
): Promise<Page> => {
  const until = performance.now() + patienceMs;
  const all = ways.map((way): Gone => {
    const stride = way.straight ? limit + 1 : firstStride;
    return { way, rows: [], cursor, stride, spentMs: 0 };
  });
  for (;;) {
    const least = all.reduce((one, other) => (other.spentMs < one.spentMs ? other : one));
    const page = await goOn(trx, least, { limit, until });
    if (page) return page;
    if (performance.now() < until) continue;
    const { rows, cursor: after } = all.reduce((one, other) =>
      moment(other) < moment(one) ? other : one,
    );
    return { rows, after, unfinished: true };
  }
};

import { sql, type RawBuilder } from 'kysely';

const unreadMark = '/* unread */ ';
const lastMark = '/* last */ ';
const begin = 'begin';

/** The statement as one whose answer nobody reads: what comes next is sent with it, and meets its failure. */
export const unread = (statement: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${sql.raw(unreadMark)}${statement}`;

/**
 * The statement as the last of its transaction: the commit is sent with it. What is done with its answer is done after
 * that, so it must not be a reason to roll back; another statement throws.
 */
export const last = <T>(statement: RawBuilder<T>): RawBuilder<T> =>
  sql<T>`${sql.raw(lastMark)}${statement}`;

export const isBegin = (text: string): boolean => text === begin;

/** Whether what comes next does not wait for the answer; the begin of a transaction says nothing either. */
export const isUnread = (text: string): boolean => isBegin(text) || text.startsWith(unreadMark);

/** Whether the commit is sent with it. */
export const isLast = (text: string): boolean => text.startsWith(lastMark);

import { sql, type RawBuilder } from 'kysely';

const mark = '/* unread */ ';
const begin = 'begin';

/** The statement as one whose answer nobody reads: what comes next is sent with it, and meets its failure. */
export const unread = (statement: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${sql.raw(mark)}${statement}`;

/** Whether what comes next does not wait for the answer; the begin of a transaction says nothing either. */
export const isUnread = (text: string): boolean => text === begin || text.startsWith(mark);

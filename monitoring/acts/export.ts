import type { Database } from '#runtime/database.js';
import { byteOrderMark, csvRow } from '#runtime/csv.js';
import type { Reach } from '../people/person.js';
import { readActs, type Act, type ActsWish } from './read-acts.js';

const pageSize = 500;
/** More rows than a spreadsheet takes are asked for by month. */
const mostRows = 1_000_000;

const head = ['at', 'tenant', 'person', 'kind', 'reason', 'subject'];

const rowOf = ({ at, tenant, person, kind, reason, subject }: Act): string => {
  const words = Object.entries(subject).map(([name, value]) => `${name}: ${value}`);
  return csvRow([at, tenant, person, kind, reason, words.join('; ')]);
};

/** Acts as CSV, the latest first, a page at a time: as many as there are, never all in memory. */
export const exportActs = async function* (
  database: Database,
  wish: ActsWish,
  reach: Reach,
): AsyncGenerator<string> {
  yield byteOrderMark + csvRow(head);
  let { cursor } = wish;
  for (let rows = 0; rows < mostRows; rows += pageSize) {
    const at = cursor === undefined ? {} : { cursor };
    const { acts, next } = await readActs(database, { ...wish, ...at, limit: pageSize }, reach);
    yield acts.map(rowOf).join('');
    if (next === null) return;
    cursor = next;
  }
};

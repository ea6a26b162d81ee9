import { sql, type RawBuilder } from 'kysely';
import type { Reach } from '../../people/person.js';

/** What is parked, with the connector that its target is an instance of. */
export const parkedRows = sql`delivery.waiting w
  left join tenants.connector c on c.tenant = w.tenant and c.name = w.target`;

export const connectorOfRow = sql<string>`coalesce(c.connector, w.target)`;
export const codeOfRow = sql<string>`coalesce(w.code, 'unclassified')`;
export const typeOfRow = sql<string>`coalesce(w.envelope ->> 'type', '')`;

/** Names a group of cause in a word: the same connector, code and text have the same. */
export const groupOfRow = sql<string>`left(md5(concat_ws(e'\n', ${connectorOfRow}, ${codeOfRow}, w.cause)), 12)`;

/** Which of the parked messages are meant; all that is given must hold. */
export interface Selection {
  readonly tenant?: string;
  /** The reach of whoever selects, where that is not all. */
  readonly tenants?: readonly string[];
  readonly target?: string;
  readonly connector?: string;
  readonly code?: string;
  readonly cause?: string;
  readonly group?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly until?: string;
  readonly messages?: readonly string[];
}

const given = <T>(
  value: T | undefined,
  condition: (value: T) => RawBuilder<unknown>,
): RawBuilder<unknown>[] => (value === undefined ? [] : [condition(value)]);

/** The selection, cut to what is reached. */
export const cut = (selection: Selection, reach: Reach): Selection =>
  reach === null ? selection : { ...selection, tenants: [...reach] };

/** A condition on parked rows for each criterion that is given. */
export const conditionsOf = (selection: Selection): RawBuilder<unknown>[] => [
  ...given(selection.tenant, (tenant) => sql`w.tenant = ${tenant}`),
  ...given(selection.tenants, (tenants) => sql`w.tenant = any(${[...tenants]}::text[])`),
  ...given(selection.target, (target) => sql`w.target = ${target}`),
  ...given(selection.connector, (connector) => sql`${connectorOfRow} = ${connector}`),
  ...given(selection.code, (code) => sql`${codeOfRow} = ${code}`),
  ...given(selection.cause, (cause) => sql`w.cause = ${cause}`),
  ...given(selection.group, (group) => sql`${groupOfRow} = ${group}`),
  ...given(selection.type, (type) => sql`${typeOfRow} = ${type}`),
  ...given(selection.subject, (subject) => sql`w.envelope ->> 'subject' = ${subject}`),
  // A row is due the moment it is parked.
  ...given(selection.since, (since) => sql`w.due_at >= ${new Date(since)}`),
  ...given(selection.until, (until) => sql`w.due_at < ${new Date(until)}`),
  ...given(selection.messages, (ids) => sql`w.message = any(${[...ids]}::uuid[])`),
];

/** The condition on parked rows that a selection is. */
export const matching = (selection: Selection): RawBuilder<unknown> =>
  sql.join([sql`w.state = 'parked'`, ...conditionsOf(selection)], sql` and `);

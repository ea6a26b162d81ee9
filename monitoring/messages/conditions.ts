import { sql, type RawBuilder } from 'kysely';
import type { StepOutcome } from '#bus/records.js';
import type { Reach } from '../people/person.js';
import { within } from '../people/reach.js';
import type { Cursor } from './cursor.js';
import { isBusId, isIri } from './recognise.js';
import type { SearchDto } from './search.dto.js';

type Condition = RawBuilder<boolean>;

/** What is asked of messages, as `SearchDto` has it. */
export type Asked = { readonly [name in keyof SearchDto]: SearchDto[name] };

/** What is asked, with the typed text taken apart. */
export type Wish = Omit<Asked, 'text'> & { readonly key?: string };

/** All must hold; with none everything does. */
export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`(${sql.join(conditions, sql` and `)})`;

const equal = (column: string, value: string | undefined): Condition[] =>
  value === undefined ? [] : [sql<boolean>`m.${sql.ref(column)} = ${value}`];

const namedAs = (externalId: string): Condition => sql<boolean>`(m.tenant, m.id) in (
    select t.tenant, t.message from monitoring.target t where t.external_id = ${externalId}
    union
    select c.tenant, c.id from delivery.reference r
    join monitoring.message c on c.tenant = r.tenant and c.subject = r.subject
    where r.external_id = ${externalId})`;

/** Every place in which a typed id can stand, each with an index of its own. */
const keyed = (key: string): Condition => {
  const places = [
    sql`select c.tenant, c.id from monitoring.message c where c.sender_id = ${key}`,
    sql`select t.tenant, t.message from monitoring.target t where t.external_id = ${key}`,
    sql`select c.tenant, c.id from delivery.reference r
      join monitoring.message c on c.tenant = r.tenant and c.subject = r.subject where r.external_id = ${key}`,
    ...(isBusId(key)
      ? [
          sql`select c.tenant, c.id from monitoring.message c where c.id = ${key}::uuid`,
          sql`select c.tenant, c.id from monitoring.message c where c.correlation_id = ${key}`,
          sql`select c.tenant, c.id from monitoring.message c where c.causation_id = ${key}`,
        ]
      : []),
    ...(isIri(key)
      ? [sql`select c.tenant, c.id from monitoring.message c where c.subject = ${key}`]
      : []),
  ];
  return sql<boolean>`(m.tenant, m.id) in (${sql.join(places, sql` union `)})`;
};

/** What is asked by an id of any kind: few messages, found by an index of that id. */
export const keyConditions = (wish: Wish): Condition[] => [
  ...(wish.key === undefined ? [] : [keyed(wish.key)]),
  ...(wish.id === undefined ? [] : [sql<boolean>`m.id = ${wish.id}::uuid`]),
  ...equal('subject', wish.subject),
  ...equal('sender_id', wish.senderId),
  ...equal('correlation_id', wish.correlationId),
  ...equal('causation_id', wish.causationId),
  ...(wish.externalId === undefined ? [] : [namedAs(wish.externalId)]),
];

/** Between which moments, and where the page before ended; `id` is the column with the id of the message. */
export const timeConditions = (
  { since, until }: Pick<Wish, 'since' | 'until'>,
  cursor: Cursor | null,
  id = sql.ref('m.id'),
): Condition[] => [
  ...(since === undefined ? [] : [sql<boolean>`m.accepted_at >= ${new Date(since)}`]),
  ...(until === undefined ? [] : [sql<boolean>`m.accepted_at < ${new Date(until)}`]),
  ...(cursor
    ? [sql<boolean>`(m.accepted_at, ${id}) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`]
    : []),
];

/** Columns of a message that can be asked by their value. */
export type Named = Partial<Readonly<Record<'tenant' | 'type' | 'source', string | undefined>>>;

/** The columns that are asked by their value. */
export const columnConditions = ({ tenant, type, source }: Named): Condition[] => [
  ...equal('tenant', tenant),
  ...equal('type', type),
  ...equal('source', source),
];

/**
 * Whether there is such a row of each message by itself. Without the offset the planner may read all such rows there are instead,
 * which it takes for fewer than they are.
 */
const someOf = (rows: RawBuilder<unknown>): Condition =>
  sql<boolean>`exists (select from ${rows} offset 0)`;

/** How it stands: with a target there, else as a whole. */
export const standingConditions = ({ target, status }: Wish): Condition[] =>
  target === undefined
    ? equal('status', status)
    : [
        someOf(sql`monitoring.target t where t.tenant = m.tenant and t.message = m.id
          and t.target = ${target} ${status === undefined ? sql`` : sql`and t.status = ${status}`}`),
      ];

/** What does not happen to every message: steps of these alone know when their message was accepted, and its type. */
const amiss: readonly StepOutcome[] = [
  'retry',
  'rejected',
  'held',
  'parked',
  'queued',
  'released',
  'expired',
  'discarded',
];

/** An outcome of those that are found in an index of their own. */
export const isAmiss = (outcome: StepOutcome | undefined): outcome is StepOutcome =>
  outcome !== undefined && amiss.includes(outcome);

/** What happened to it at least once: with a target there. */
export const happenedConditions = ({ outcome, target }: Wish): Condition[] =>
  outcome === undefined
    ? []
    : [
        someOf(sql`monitoring.step s where s.tenant = m.tenant and s.message = m.id
          and s.outcome = ${isAmiss(outcome) ? sql`${sql.lit(outcome)} and s.accepted_at = m.accepted_at` : outcome}
          ${target === undefined ? sql`` : sql`and s.target = ${target}`}`),
      ];

/** What the person reaches; a tenant that is asked and reached cuts it to that already. */
export const reachConditions = (
  { tenant }: Wish,
  reach: Reach,
  column = sql.ref('m.tenant'),
): Condition[] =>
  reach === null || (tenant !== undefined && reach.has(tenant)) ? [] : [within(reach, column)];

/** Everything that is asked but by an id, with what the person reaches. */
export const otherConditions = (wish: Wish, reach: Reach): Condition[] => [
  ...reachConditions(wish, reach),
  ...columnConditions(wish),
  ...standingConditions(wish),
  ...happenedConditions(wish),
];

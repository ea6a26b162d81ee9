import { sql, type RawBuilder } from 'kysely';
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

/** Between which moments, and where the page before ended. */
export const timeConditions = (
  { since, until }: Pick<Wish, 'since' | 'until'>,
  cursor: Cursor | null,
): Condition[] => [
  ...(since === undefined ? [] : [sql<boolean>`m.accepted_at >= ${new Date(since)}`]),
  ...(until === undefined ? [] : [sql<boolean>`m.accepted_at < ${new Date(until)}`]),
  ...(cursor
    ? [sql<boolean>`(m.accepted_at, m.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`]
    : []),
];

/** Written out, not given as a value: the index of what is not delivered is only used where the planner can tell. */
const undelivered = sql<boolean>`m.status <> 'delivered'`;

/**
 * The condition by whose index messages are walked from the newest on, the tightest that there is; empty where all are walked.
 * The other conditions are looked at one by one.
 */
export const walkCondition = (wish: Wish): Condition[] => {
  if (wish.status !== undefined && wish.status !== 'delivered')
    return [...equal('tenant', wish.tenant), undelivered];
  if (wish.tenant !== undefined)
    return [...equal('tenant', wish.tenant), ...equal('type', wish.type)];
  if (wish.source !== undefined) return equal('source', wish.source);
  return equal('type', wish.type);
};

const atTarget = ({ target, status }: Wish): Condition[] =>
  target === undefined
    ? []
    : [
        sql<boolean>`exists (select from monitoring.target t where t.tenant = m.tenant and t.message = m.id
          and t.target = ${target} ${status === undefined ? sql`` : sql`and t.status = ${status}`})`,
      ];

const happened = ({ outcome, target }: Wish): Condition[] =>
  outcome === undefined
    ? []
    : [
        sql<boolean>`exists (select from monitoring.step s where s.tenant = m.tenant and s.message = m.id
          and s.outcome = ${outcome} ${target === undefined ? sql`` : sql`and s.target = ${target}`})`,
      ];

/** Everything else that is asked, with what the person reaches. */
export const otherConditions = (wish: Wish, reach: Reach): Condition[] => [
  ...(reach === null ? [] : [within(reach, sql.ref('m.tenant'))]),
  ...equal('tenant', wish.tenant),
  ...equal('type', wish.type),
  ...equal('source', wish.source),
  ...(wish.target === undefined ? equal('status', wish.status) : []),
  ...atTarget(wish),
  ...happened(wish),
];

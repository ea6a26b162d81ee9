import { sql, type RawBuilder } from 'kysely';
import type { StepOutcome } from '#bus/records.js';
import type { Reach } from '../people/person.js';
import {
  allOf,
  columnConditions,
  happenedConditions,
  isAmiss,
  reachConditions,
  standingConditions,
  timeConditions,
  type Named,
  type Wish,
} from './conditions.js';
import type { Cursor } from './cursor.js';
import { messageStatuses } from './facts.js';

type Condition = RawBuilder<boolean>;

/** What a list tells of each message, which `m` stands for. */
export const columns = sql`m.tenant, m.id, m.status, m.type, m.kind, m.source, m.sender_id, m.subject, m.accepted_at, m.expires_at,
  m.conflict_of`;

/** The order of every list. */
export const newestFirst = sql`order by m.accepted_at desc, m.id desc`;

/** An index along which messages are met in the order of the list, and what is left to ask of each. */
export interface Way {
  /** The next so many after the cursor, with `accepted_at` and `id`. */
  readonly next: (cursor: Cursor | null, stride: number) => RawBuilder<unknown>;
  /** The messages of those, which are `walked`, as `m`. */
  readonly met: RawBuilder<unknown>;
  readonly conditions: readonly Condition[];
  /** Whether each that is met fits. */
  readonly straight: boolean;
  /** Whether nothing is looked up but what is shown. */
  readonly told: boolean;
}

/** Not given as a value: the index of what is little is only used where the planner can tell that it is in there. */
const writtenOut = (column: 'outcome' | 'status', value: string): Condition =>
  sql<boolean>`m.${sql.ref(column)} = ${sql.lit(value)}`;

/** Each of the branches has its index; no message is of two. They are merged as far as the stride goes. */
const merged =
  (wish: Wish, shown: RawBuilder<unknown>, branches: readonly (readonly Condition[])[]) =>
  (cursor: Cursor | null, stride: number): RawBuilder<unknown> => {
    const inOrder = sql`${newestFirst} limit ${stride}`;
    const all = branches.map(
      (branch) =>
        sql`(select ${shown} from monitoring.message m where ${allOf([...branch, ...timeConditions(wish, cursor)])} ${inOrder})`,
    );
    return sql`select ${shown} from (${sql.join(all, sql` union all `)}) m ${inOrder}`;
  };

/** Only those are looked up of which the index does not tell already that they do not fit; no more of them than are asked. */
const lookedUp = (
  { limit }: Wish,
  here: readonly Condition[],
  conditions: readonly Condition[],
): Omit<Way, 'next'> => {
  const told = conditions.length === 0;
  const enough = told ? sql`${newestFirst} limit ${limit + 1}` : sql``;
  return {
    met: sql`(select distinct m.tenant, m.id, m.accepted_at from walked m where ${allOf(here)} ${enough}) k
      join monitoring.message m on m.tenant = k.tenant and m.id = k.id`,
    conditions,
    straight: told && here.length === 0,
    told,
  };
};

/** By what happened: a message is met at each of its steps, and those stand together. */
const alongSteps = (wish: Wish, outcome: StepOutcome, among: Reach): Way => {
  const { tenant, target, type, source } = wish;
  const along = [writtenOut('outcome', outcome), ...columnConditions({ tenant })];
  const here = [
    ...(target === undefined ? [] : [sql<boolean>`m.target = ${target}`]),
    ...columnConditions({ type, source }),
    ...reachConditions(wish, among),
  ];
  return {
    next: (cursor, stride) =>
      sql`select m.tenant, m.message as id, m.target, m.type, m.source, m.accepted_at from monitoring.step m
        where ${allOf([...along, ...timeConditions(wish, cursor, sql.ref('m.message'))])}
        order by m.accepted_at desc, m.message desc fetch first (${stride}) rows with ties`,
    ...lookedUp(wish, here, standingConditions(wish)),
  };
};

/** How a message can stand as a whole that stands so at one of its targets: so, or worse at another. */
const statusesWith = ({ status, target }: Wish): readonly string[] =>
  messageStatuses.slice(
    target === undefined ? messageStatuses.findIndex((one) => one === status) : 0,
    messageStatuses.findIndex((one) => one === status) + 1,
  );

const alongStatus = (wish: Wish, among: Reach): Way => {
  const { tenant, type, source, target } = wish;
  const branches = statusesWith(wish).map((status) => [
    writtenOut('status', status),
    ...columnConditions({ tenant }),
  ]);
  const here = [
    ...columnConditions({ type, source }),
    ...reachConditions(wish, among),
    ...(target === undefined ? [] : standingConditions(wish)),
    ...happenedConditions(wish),
  ];
  const told = sql`m.tenant, m.id, m.type, m.source, m.accepted_at`;
  return { next: merged(wish, told, branches), ...lookedUp(wish, here, []) };
};

/** More tenants than these are met on the way of all: each is a walk of its own. */
const mostBranches = 12;

/** The tenants, each by itself where they are few; one of no name stands for all. */
const eachOf = ({ tenant }: Wish, among: Reach): readonly Named[] => {
  if (tenant !== undefined || !among || among.size > mostBranches) return [{ tenant }];
  return [...among].map((one) => ({ tenant: one }));
};

/** By what the message itself has: along the index of each branch, the rest of each that is met. */
const alongColumns = (
  wish: Wish,
  among: Reach,
  { branches, rest }: { readonly branches: readonly Named[]; readonly rest: Named },
): Way => {
  const conditions = [
    ...(branches.every(({ tenant }) => tenant !== undefined) ? [] : reachConditions(wish, among)),
    ...columnConditions(rest),
    ...standingConditions(wish),
    ...happenedConditions(wish),
  ];
  return {
    next: merged(wish, columns, branches.map(columnConditions)),
    met: sql`walked m`,
    conditions,
    straight: conditions.length === 0,
    told: false,
  };
};

/** Every way on which less is met than all: nobody can tell before on which the least is met for nothing. */
const narrowWays = (wish: Wish, among: Reach): readonly Way[] => {
  const { outcome, status, tenant, type, source } = wish;
  const ofType = eachOf(wish, among).map((one) => ({ ...one, type }));
  return [
    ...(isAmiss(outcome) ? [alongSteps(wish, outcome, among)] : []),
    ...(status !== undefined && status !== 'delivered' ? [alongStatus(wish, among)] : []),
    ...(type === undefined
      ? []
      : [alongColumns(wish, among, { branches: ofType, rest: { source } })]),
    ...(source === undefined
      ? []
      : [alongColumns(wish, among, { branches: [{ source }], rest: { tenant, type } })]),
  ];
};

/** The ways to what is asked of these tenants: of one that meets nothing for nothing, that alone. */
export const waysOf = (wish: Wish, among: Reach): readonly Way[] => {
  const narrow = narrowWays(wish, among);
  const straight = narrow.find((way) => way.straight);
  if (straight) return [straight];
  if (narrow.length > 0) return narrow;
  return [alongColumns(wish, among, { branches: eachOf(wish, among), rest: {} })];
};

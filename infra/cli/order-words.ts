import { columns, counted, duration } from './columns.js';

interface Line {
  readonly tenant: string;
  readonly target: string;
  readonly code: string;
  readonly type: string;
  readonly messages: number;
  readonly fate: 'goes' | 'waits' | 'skipped';
  readonly why: 'no-target' | 'switched-off' | 'held' | 'no-route' | null;
}

interface Plan {
  readonly messages: number;
  readonly subjects: number;
  readonly oldestAt: string;
  readonly newestAt: string;
  readonly uncertain: number;
  readonly conflicts: number;
  readonly inOtherOrders: number;
  readonly estimatedSeconds: number;
  readonly lines: readonly Line[];
}

/** An order about parked messages, as the operators' API tells it. */
export interface Order {
  readonly id: string;
  readonly act: 'replay' | 'discard' | 'edit';
  readonly state: 'planned' | 'running' | 'paused' | 'stopped' | 'cancelled' | 'done';
  readonly ratePerSecond: number;
  readonly stopAtFailurePercent: number;
  readonly operator: string;
  readonly reason: string;
  readonly note: string | null;
  readonly createdAt: string;
  readonly progress: Readonly<Record<string, number>>;
  readonly secondsLeft?: number | null;
  readonly plan?: Plan | null;
  readonly outcomes?: readonly {
    readonly tenant: string;
    readonly target: string;
    readonly state: string;
    readonly code: string | null;
    readonly messages: number;
  }[];
  readonly actions?: readonly {
    readonly at: string;
    readonly operator: string;
    readonly action: string;
    readonly reason: string;
  }[];
}

const whys: Readonly<Record<NonNullable<Line['why']>, string>> = {
  'no-target': 'is skipped: the tenant has no such connector any more',
  'switched-off': 'waits until its connector is switched on',
  held: 'waits until its connector is released',
  'no-route': 'goes, though no route leads there any more',
};

const warning = (count: number, words: string): string[] =>
  count === 0 ? [] : [`  ! ${count} ${words}`];

const goesWords = { replay: 'goes', discard: 'is discarded', edit: 'is replaced' } as const;

const lineCells = (act: Order['act'], line: Line): string[] => [
  String(line.messages),
  `${line.tenant}/${line.target}`,
  line.code,
  line.type,
  line.why === null ? goesWords[act] : whys[line.why],
];

const paceWords = ({ act, ratePerSecond, stopAtFailurePercent }: Order, plan: Plan): string[] =>
  act === 'replay'
    ? [
        `  at most ${ratePerSecond} per second after a slow start, about ${duration(plan.estimatedSeconds)}; stops by itself when more than ${stopAtFailurePercent} % fail`,
      ]
    : [];

/** What an order would do, before it is started. */
export const planWords = (order: Order, plan: Plan): string =>
  [
    `${order.act} ${order.id}: ${counted(plan.messages, 'message')} about ${counted(plan.subjects, 'subject')}, parked ${plan.oldestAt} to ${plan.newestAt}`,
    ...paceWords(order, plan),
    columns(
      plan.lines.map((line) => lineCells(order.act, line)),
      '  ',
    ),
    ...warning(plan.inOtherOrders, 'are in the hands of another order and are left to it'),
    ...warning(plan.conflicts, 'are other content under a known id (conflict)'),
    ...warning(
      plan.uncertain,
      'may have acted already: their systems are asked first where they can be',
    ),
  ].join('\n');

const progressWords = ({ progress }: Order): string =>
  ['delivered', 'discarded', 'failed', 'released', 'retrying', 'skipped', 'selected']
    .flatMap((name) => ((progress[name] ?? 0) > 0 ? [`${progress[name] ?? 0} ${label(name)}`] : []))
    .join(', ');

const label = (name: string): string => {
  if (name === 'selected') return 'to go';
  return name === 'released' ? 'on their way' : name;
};

/** How far an order is, on one line. */
export const progressLine = (order: Order): string => {
  const left = order.secondsLeft ?? 0;
  return [
    `${order.state}: ${progressWords(order) || 'nothing'} of ${order.progress['messages'] ?? 0}`,
    ...(left > 0 ? [`about ${duration(left)} left`] : []),
    ...(order.note === null ? [] : [order.note]),
  ].join('; ');
};

/** Everything about one order. */
export const orderWords = (order: Order): string =>
  [
    `${order.act} ${order.id}`,
    `  ${progressLine(order)}`,
    ...(order.plan ? [planWords(order, order.plan)] : []),
    columns(
      (order.outcomes ?? []).map(({ tenant, target, state, code, messages }) => [
        String(messages),
        `${tenant}/${target}`,
        state,
        code ?? '',
      ]),
      '  ',
    ),
    columns(
      (order.actions ?? []).map(({ at, operator, action, reason }) => [
        at,
        operator,
        action,
        reason,
      ]),
      '  ',
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');

/** The orders of a kind, one on a line. */
export const ordersWords = (orders: readonly Order[]): string =>
  orders.length === 0
    ? 'None.'
    : columns(
        orders.map((order) => [
          order.id,
          order.createdAt,
          order.operator,
          progressLine(order),
          order.reason,
        ]),
      );

import { systemsEach, type Populated } from './tenants.js';

const goals = { ofOne: 0.7, readyMs: 10_000, oursMb: 0.3, brokerMb: 1 };
const ours = ['gateway-1', 'delivery-1', 'monitoring-1'] as const;
const broker = 'RabbitMQ';

const columns = [
  ['tenants', 7],
  ['messages per second', 22],
  ['p50 ms', 7],
  ['p99 ms', 7],
  ['ready s', 8],
  ['gateway MB', 11],
  ['delivery MB', 12],
  ['monitoring MB', 14],
  ['broker MB', 10],
  ['one more s', 11],
] as const;

const rowOf = (cells: readonly string[]): string =>
  cells.map((cell, index) => cell.padStart(columns[index]?.[1] ?? 0)).join(' ');

const slowestMs = ({ readyMs }: Populated): number => Math.max(...readyMs.values());

const cellsOf = (one: Populated): string[] => {
  const { median, least, most } = one.perSecond;
  const memory = [...ours, broker].map((name) => (one.residentMb.get(name) ?? 0).toFixed(0));
  return [
    String(one.tenants),
    `${Math.round(median)} (${Math.round(least)} to ${Math.round(most)})`,
    one.p50.toFixed(0),
    one.p99.toFixed(0),
    (slowestMs(one) / 1_000).toFixed(1),
    ...memory,
    (one.oneMoreMs / 1_000).toFixed(1),
  ];
};

/** MiB that each further tenant takes, from the fewest to the most. */
const perTenantMb = (populated: readonly Populated[], names: readonly string[]): number => {
  const [first, last] = [populated[0], populated.at(-1)];
  if (!first || !last || first === last) return 0;
  const sum = ({ residentMb }: Populated): number =>
    names.reduce((total, name) => total + (residentMb.get(name) ?? 0), 0);
  return (sum(last) - sum(first)) / (last.tenants - first.tenants);
};

/** Numbers that count, and whether each meets its goal. */
export const measuredOf = (populated: readonly Populated[]) => {
  const [first, last] = [populated[0], populated.at(-1)];
  return {
    ofFewest: (last?.perSecond.median ?? 0) / (first?.perSecond.median ?? 1),
    readyMs: Math.max(...populated.map(slowestMs)),
    oursMbPerTenant: perTenantMb(populated, ours),
    brokerMbPerTenant: perTenantMb(populated, [broker]),
    oneMoreMs: last?.oneMoreMs ?? 0,
  };
};

/** True where the goals are met and nothing was lost. */
export const meetsGoals = (populated: readonly Populated[]): boolean => {
  const { ofFewest, readyMs, oursMbPerTenant, brokerMbPerTenant } = measuredOf(populated);
  return (
    populated.every(({ lost }) => lost === 0) &&
    ofFewest >= goals.ofOne &&
    readyMs <= goals.readyMs &&
    oursMbPerTenant <= goals.oursMb &&
    brokerMbPerTenant <= goals.brokerMb
  );
};

/** What it was with so many tenants, for people. */
export const linesOf = (populated: readonly Populated[]): string[] => {
  const { ofFewest, readyMs, oursMbPerTenant, brokerMbPerTenant } = measuredOf(populated);
  const lost = populated.reduce((sum, one) => sum + one.lost, 0);
  return [
    `each tenant has ${systemsEach} systems, and each message is handed over to all of them; ${lost} lost`,
    rowOf(columns.map(([name]) => name)),
    ...populated.map((one) => rowOf(cellsOf(one))),
    '',
    `with the most / with the fewest ${ofFewest.toFixed(2)} (goal ${goals.ofOne}); ready within ${(readyMs / 1_000).toFixed(1)} s (goal ${goals.readyMs / 1_000} s)`,
    `each further tenant takes ${oursMbPerTenant.toFixed(2)} MB of the bus (goal ${goals.oursMb}) and ${brokerMbPerTenant.toFixed(2)} MB of the broker (goal ${goals.brokerMb})`,
  ];
};

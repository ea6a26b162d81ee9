import type { Cost } from './cost.js';
import type { LineUsage, TenantUsage } from './report.js';

/** By it a spreadsheet knows that the text is UTF-8. */
const byteOrderMark = '\uFEFF';

const head = [
  ...[
    'month',
    'tenant',
    'name',
    'connector',
    'accepted',
    'delivered',
    'rejected',
    'parked',
    'expired',
  ],
  ...[
    'discarded',
    'retries',
    'bytes_in',
    'bytes_out',
    'calls_2xx',
    'calls_4xx',
    'calls_5xx',
    'calls_other',
  ],
  ...['availability_percent', 'p50_ms', 'p95_ms', 'stored_bytes', 'currency', 'cost'],
] as const;

type Cell = string | number | null;

/** Words that a spreadsheet would take for a formula get an apostrophe before them. */
const cellText = (value: Cell): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const shown = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
};

const rowText = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

const callsOf = (calls: LineUsage['calls']): Cell[] => {
  const { '2xx': good = 0, '4xx': refused = 0, '5xx': broken = 0, ...others } = calls;
  return [good, refused, broken, Object.values(others).reduce((sum, count) => sum + count, 0)];
};

const carriedCells = ({
  delivered,
  rejected,
  parked,
  expired,
  discarded,
  retries,
}: LineUsage | TenantUsage): Cell[] => [
  ...[delivered, rejected, parked, expired, discarded, retries],
];

const endCells = ({
  calls,
  bytesOut,
  availabilityPercent,
  criticalTime,
}: LineUsage | TenantUsage): Cell[] => [
  ...[bytesOut, ...callsOf(calls)],
  ...[availabilityPercent, criticalTime.p50Ms, criticalTime.p95Ms],
];

const costCells = (cost: Cost | null): Cell[] =>
  cost ? [cost.currency, (cost.totalCents / 100).toFixed(2)] : [null, null];

/** RFC 4180: for each tenant a row of its own, without a connector, and one for each of its connector instances. */
export const csvOf = (month: string, tenants: readonly TenantUsage[]): string =>
  byteOrderMark +
  rowText(head) +
  tenants
    .flatMap((usage) => [
      rowText([
        ...[
          month,
          usage.tenant,
          usage.name,
          null,
          usage.accepted,
          ...carriedCells(usage),
          usage.bytesIn,
        ],
        ...[...endCells(usage), usage.storedBytes, ...costCells(usage.cost)],
      ]),
      ...usage.lines.map((line) =>
        rowText([
          ...[month, usage.tenant, usage.name, line.target, null, ...carriedCells(line), null],
          ...[...endCells(line), null, null, null],
        ]),
      ),
    ])
    .join('');

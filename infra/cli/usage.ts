import type { Command } from 'commander';
import { table } from './columns.js';
import {
  askForText,
  askMonitoring,
  print,
  withOperator,
  type OperatorOptions,
} from './operator.js';

interface Carried {
  readonly delivered: number;
  readonly rejected: number;
  readonly parked: number;
  readonly expired: number;
  readonly availabilityPercent: number;
  readonly criticalTime: { readonly p95Ms: number | null };
}

interface TenantUsage extends Carried {
  readonly tenant: string;
  readonly accepted: number;
  readonly storedBytes: number;
  readonly cost: { readonly currency: string; readonly totalCents: number } | null;
}

interface Usage {
  readonly month: string;
  readonly tenants: readonly TenantUsage[];
  readonly one: {
    readonly lines: readonly (Carried & { readonly target: string })[];
  } | null;
}

interface UsageOptions extends OperatorOptions {
  readonly month?: string;
  readonly tenant?: string;
  readonly csv?: boolean;
}

const carried = ({ delivered, rejected, parked, expired, ...served }: Carried) => ({
  delivered,
  'not delivered': rejected + parked + expired,
  available: `${served.availabilityPercent} %`,
  '95 % within': served.criticalTime.p95Ms === null ? '' : `${served.criticalTime.p95Ms} ms`,
});

const wordsOf = ({ month, tenants, one }: Usage): string => {
  if (tenants.length === 0) return `There is no tenant in ${month}.`;
  const rows = tenants.map((usage) => ({
    tenant: usage.tenant,
    accepted: usage.accepted,
    ...carried(usage),
    'stored MB': Math.round(usage.storedBytes / 1e6),
    cost: usage.cost ? `${usage.cost.currency} ${(usage.cost.totalCents / 100).toFixed(2)}` : '',
  }));
  const lines = one?.lines.map((line) => ({ connector: line.target, ...carried(line) })) ?? [];
  return [month, table(rows), ...(lines.length > 0 ? ['', table(lines)] : [])].join('\n');
};

const showUsage = async (options: UsageOptions): Promise<void> => {
  const query = new URLSearchParams();
  if (options.month !== undefined) query.set('month', options.month);
  if (options.tenant !== undefined) query.set('tenant', options.tenant);
  if (options.csv === true) {
    process.stdout.write(await askForText(options, `/usage.csv?${query.toString()}`));
    return;
  }
  const usage = await askMonitoring<Usage>(options, `/usage?${query.toString()}`);
  print(options, usage, () => wordsOf(usage));
};

/** Adds `lb-bus usage`: what was used in a month, how it was kept to what was agreed, and what it costs. */
export const usageCommand = (program: Command): void => {
  withOperator(program.command('usage'))
    .description('what was used in a month, against what was agreed, and what it costs')
    .option('--month <month>', 'such as 2026-10; the current one where it is left out')
    .option('-t, --tenant <tenant>', 'of one tenant, with its connector instances')
    .option('--csv', 'as CSV, a row per tenant and per connector instance')
    .action((options: UsageOptions) => showUsage(options));
};

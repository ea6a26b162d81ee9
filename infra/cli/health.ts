import type { Command } from 'commander';
import { columns } from './columns.js';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';

interface Cause {
  readonly target: string;
  readonly severity: string;
  readonly words: string;
}

interface Tenant {
  readonly id: string;
  readonly severity: string;
  readonly causes: readonly Cause[];
}

interface Line {
  readonly target: string;
  readonly severity: string;
  readonly causes: readonly Cause[];
}

const noCause = (severity: string): string =>
  severity === 'untried' ? 'nothing was tried in the last 24 hours' : '';

const rowsOf = (name: string, { severity, causes }: Tenant | Line): string[][] =>
  causes.length === 0
    ? [[name, severity, noCause(severity)]]
    : causes.map(({ target, words, severity: worst }, place) => [
        place === 0 ? name : '',
        worst,
        target === '' || target === name ? words : `${target}: ${words}`,
      ]);

/** How tenants are: first how many are how, then each that somebody should look at, with why. */
export const healthWords = (tenants: readonly Tenant[]): string => {
  const counts = new Map<string, number>();
  for (const { severity } of tenants) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  const summary = [...counts].map(([severity, count]) => `${count} ${severity}`).join(', ');
  const troubled = tenants.filter(({ causes }) => causes.length > 0);
  const rows = troubled.flatMap((tenant) => rowsOf(tenant.id, tenant));
  return [summary || 'There are no tenants.', ...(rows.length > 0 ? [columns(rows)] : [])].join(
    '\n',
  );
};

/** One tenant, line by line, with why. */
export const tenantHealthWords = (lines: readonly Line[]): string =>
  lines.length === 0
    ? 'Nothing is coupled.'
    : columns(lines.flatMap((line) => rowsOf(line.target, line)));

/** Adds `health [tenant]`. */
export const healthCommand = (program: Command): void => {
  withOperator(
    program
      .command('health')
      .description('how every tenant is and why; with a tenant, each of its systems')
      .argument('[tenant]'),
  ).action(async (tenant: string | undefined, options: OperatorOptions) => {
    if (tenant === undefined) {
      const { tenants } = await askMonitoring<{ readonly tenants: readonly Tenant[] }>(
        options,
        '/overview',
      );
      print(options, { tenants }, () => healthWords(tenants));
      return;
    }
    const path = `/overview/${encodeURIComponent(tenant)}`;
    const answer = await askMonitoring<{ readonly lines: readonly Line[] }>(options, path);
    print(options, answer, () => tenantHealthWords(answer.lines));
  });
};

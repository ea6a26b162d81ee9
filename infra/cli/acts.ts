import type { Command } from 'commander';
import { csvRow } from '#runtime/csv.js';
import { columns } from './columns.js';
import { askMonitoring, withOperator, type OperatorOptions } from './operator.js';

interface Act {
  readonly at: string;
  readonly tenant: string;
  readonly person: string;
  readonly kind: string;
  readonly reason: string;
  readonly subject: Readonly<Record<string, string>>;
}

interface Page {
  readonly acts: readonly Act[];
  readonly next: string | null;
}

const filters = ['tenant', 'person', 'kind', 'since', 'until'] as const;

interface ActsOptions extends OperatorOptions, Partial<Record<(typeof filters)[number], string>> {
  readonly csv?: boolean;
  readonly limit: string;
}

const subjectWords = ({ subject }: Act): string =>
  Object.entries(subject)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

const cellsOf = (act: Act): string[] => [
  act.at,
  act.tenant,
  act.person,
  act.kind,
  subjectWords(act),
  act.reason,
];

const head = ['at', 'tenant', 'person', 'kind', 'subject', 'reason'];

const mostAtOnce = 500;

const collect = async (options: ActsOptions): Promise<readonly Act[]> => {
  const wish = Object.fromEntries(
    filters.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const wanted = Number(options.limit);
  const acts: Act[] = [];
  for (let cursor: string | null = ''; cursor !== null && acts.length < wanted;) {
    const page: Page = await askMonitoring<Page>(options, '/acts/searches', {
      method: 'POST',
      body: {
        ...wish,
        limit: Math.min(mostAtOnce, wanted - acts.length),
        ...(cursor !== '' && { cursor }),
      },
    });
    acts.push(...page.acts);
    cursor = page.next;
  }
  return acts;
};

/** Acts in the form that was asked for. */
export const actsWords = (
  acts: readonly Act[],
  { csv = false, json = false }: { readonly csv?: boolean; readonly json?: boolean },
): string => {
  if (json) return JSON.stringify(acts, null, 2);
  if (csv) return [head, ...acts.map(cellsOf)].map(csvRow).join('').trimEnd();
  return acts.length === 0 ? 'Nobody did anything that fits.' : columns(acts.map(cellsOf));
};

/** Adds `lb-bus acts`: who did what, to what, when and why. */
export const actsCommand = (program: Command): void => {
  withOperator(program.command('acts'))
    .description('tell who did what, to what, when and why, the latest first')
    .option('-t, --tenant <tenant>', 'on this tenant')
    .option('--person <name>', 'of this person, as her acts are recorded')
    .option('--kind <kind>', 'of this kind: read-body, hold, start-replay …')
    .option('--since <moment>', 'at or after: 2026-01-01, or with the time')
    .option('--until <moment>', 'before')
    .option('--limit <count>', 'at most so many', '50')
    .option('--csv', 'as CSV')
    .action(async (options: ActsOptions) => {
      console.log(actsWords(await collect(options), options));
    });
};

import { planWords, type Plan } from '#tenants/plan.js';
import type { Command } from 'commander';
import { withDeclared, type DeclaredOptions } from './declared.js';
import { wordsOfLeftBehind, type LeftBehind } from '#tenants/left-behind.js';

const differentExitCode = 2;

interface DiffOptions extends DeclaredOptions {
  readonly json?: boolean;
}

/** What would change and be left behind, without any value: the words tell no secret. */
const asJson = (plans: readonly Plan[], leftBehind: readonly LeftBehind[]): string => {
  const changed = plans.filter(({ changes }) => changes.length > 0);
  const told = changed.map(({ tenant, changes }) => ({
    tenant,
    changes: changes.map(({ sign, words }) => ({ sign, words })),
  }));
  return JSON.stringify({ tenants: told, leftBehind }, null, 2);
};

const tell = (plans: readonly Plan[], leftBehind: readonly LeftBehind[]): void => {
  const words = planWords(plans);
  console.log(words === '' ? 'No difference.' : words);
  if (leftBehind.length > 0) console.log(wordsOfLeftBehind(leftBehind));
};

/** Adds `lb-bus diff`: prints what apply would change; exit code 2 where that is something. */
export const diffCommand = (program: Command): void => {
  program
    .command('diff')
    .description('print what apply would change; exit code 2 when there is a difference')
    .requiredOption('-f, --file <path>', 'YAML file or folder of the declaration')
    .option('--secrets <file>', 'YAML file with the values of secrets')
    .option('--prune', 'also count tenants that are not declared')
    .option('--json', 'as JSON')
    .action((options: DiffOptions) =>
      withDeclared(options, ({ plans }, leftBehind) => {
        if (options.json === true) console.log(asJson(plans, leftBehind));
        else tell(plans, leftBehind);
        if (plans.some(({ changes }) => changes.length > 0)) process.exitCode = differentExitCode;
        return Promise.resolve();
      }),
    );
};

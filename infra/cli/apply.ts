import { planWords } from '#tenants/plan.js';
import type { Prepared } from '#tenants/apply.js';
import type { Command } from 'commander';
import { agreed } from './agreed.js';
import { withDeclared, type DeclaredOptions } from './declared.js';
import { refuseLeftBehind, wordsOfLeftBehind, type LeftBehind } from '#tenants/left-behind.js';

interface ApplyOptions extends DeclaredOptions {
  readonly yes?: boolean;
  readonly leaveBehind?: boolean;
}

const applyPrepared = async (
  prepared: Prepared,
  leftBehind: readonly LeftBehind[],
  options: ApplyOptions,
): Promise<void> => {
  const words = planWords(prepared.plans);
  if (words === '') {
    console.log('Nothing to change.');
    return;
  }
  console.log(words);
  if (leftBehind.length > 0) console.log(wordsOfLeftBehind(leftBehind));
  if (options.leaveBehind !== true) refuseLeftBehind(leftBehind);
  if (options.yes !== true && !(await agreed(process.stdin, process.stdout))) {
    console.log('Nothing was changed.');
    return;
  }
  const tokens = await prepared.apply();
  const count = prepared.plans.filter(({ changes }) => changes.length > 0).length;
  console.log(`Applied to ${count} ${count === 1 ? 'tenant' : 'tenants'}.`);
  for (const { tenant, connector, token } of tokens)
    console.log(`Hook token of ${tenant} ${connector}, shown this once: ${token}`);
};

/** Adds `lb-bus apply`: makes what is stored what was declared, after showing the difference. */
export const applyCommand = (program: Command): void => {
  program
    .command('apply')
    .description('make tenants, connectors, routes and credentials what a declaration says')
    .requiredOption('-f, --file <path>', 'YAML file or folder of the declaration')
    .option('--secrets <file>', 'YAML file with the values of secrets: tenant: { name: value }')
    .option(
      '--prune',
      'also remove tenants that are not declared; their messages become unreadable',
    )
    .option('--leave-behind', 'also remove what still has messages; nobody sees those again')
    .option('-y, --yes', 'do not ask')
    .action((options: ApplyOptions) =>
      withDeclared(options, (prepared, leftBehind) => applyPrepared(prepared, leftBehind, options)),
    );
};

import { createInterface } from 'node:readline/promises';
import { planWords } from '#tenants/plan.js';
import type { Prepared } from '#tenants/apply.js';
import type { Command } from 'commander';
import { withDeclared, type DeclaredOptions } from './declared.js';

interface ApplyOptions extends DeclaredOptions {
  readonly yes?: boolean;
}

const agreed = async (): Promise<boolean> => {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes|j|ja)$/i.test((await asking.question('Apply this? [y/N] ')).trim());
  } finally {
    asking.close();
  }
};

/** Without a terminal nobody can be asked: then the printed difference must do, as in a pipeline. */
const mayGoOn = async ({ yes }: ApplyOptions): Promise<boolean> =>
  yes === true || !process.stdin.isTTY || (await agreed());

const applyPrepared = async (prepared: Prepared, options: ApplyOptions): Promise<void> => {
  const words = planWords(prepared.plans);
  if (words === '') {
    console.log('Nothing to change.');
    return;
  }
  console.log(words);
  if (!(await mayGoOn(options))) {
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
    .option('-y, --yes', 'do not ask')
    .action((options: ApplyOptions) =>
      withDeclared(options, (prepared) => applyPrepared(prepared, options)),
    );
};

import { planWords } from '#tenants/plan.js';
import type { Command } from 'commander';
import { withDeclared, type DeclaredOptions } from './declared.js';
import { wordsOfLeftBehind } from '#tenants/left-behind.js';

const differentExitCode = 2;

/** Adds `lb-bus diff`: prints what apply would change; exit code 2 where that is something. */
export const diffCommand = (program: Command): void => {
  program
    .command('diff')
    .description('print what apply would change; exit code 2 when there is a difference')
    .requiredOption('-f, --file <path>', 'YAML file or folder of the declaration')
    .option('--secrets <file>', 'YAML file with the values of secrets')
    .option('--prune', 'also count tenants that are not declared')
    .action((options: DeclaredOptions) =>
      withDeclared(options, (prepared, leftBehind) => {
        const words = planWords(prepared.plans);
        console.log(words === '' ? 'No difference.' : words);
        if (leftBehind.length > 0) console.log(wordsOfLeftBehind(leftBehind));
        if (words !== '') process.exitCode = differentExitCode;
        return Promise.resolve();
      }),
    );
};

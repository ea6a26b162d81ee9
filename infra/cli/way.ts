import type { Command } from 'commander';
import { wayAsText } from '../way/print.js';
import { queues, stretches } from '../way/way.js';

/** Adds `lb-bus way`: the stages and queues, from the data that the processes run on. */
export const wayCommand = (program: Command): void => {
  program
    .command('way')
    .description('print the way of a message: stages and queues')
    .option('--json', 'as JSON')
    .action(({ json }: { readonly json?: boolean }) =>
      console.log(json === true ? JSON.stringify({ stretches, queues }, null, 2) : wayAsText()),
    );
};

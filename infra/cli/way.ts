import type { Command } from 'commander';
import { wayAsText } from '../way/print.js';

/** Adds `lb-bus way`: the stages and queues, from the data that the processes run on. */
export const wayCommand = (program: Command): void => {
  program
    .command('way')
    .description('print the way of a message: stages and queues')
    .action(() => console.log(wayAsText()));
};

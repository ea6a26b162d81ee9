import { addKey } from '#tenants/add-key.js';
import type { Command } from 'commander';
import { withOwner } from './declared.js';

/** Adds `lb-bus keys new`: makes an API key and prints it once. */
export const keysCommand = (program: Command): void => {
  program
    .command('keys')
    .description('API keys of credentials')
    .command('new')
    .description('make an API key for a credential and print it, this once')
    .argument('<tenant>')
    .argument('<credential>')
    .option('--drop-oldest', 'where two keys are valid already: end the oldest at once')
    .action(async (tenant: string, credential: string, options: { dropOldest?: boolean }) => {
      const key = await withOwner((database) =>
        addKey(database, { tenant, credential, dropOldest: options.dropOldest ?? false }),
      );
      console.log(key);
    });
};

import { migrate } from '#infra/migrations/migrate.js';
import type { Command } from 'commander';
import { required } from './environment.js';

/** Adds `lb-bus migrate`: brings the database of DATABASE_URL up to this version. */
export const migrateCommand = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the database up to this version')
    .action(async () => {
      const ran = await migrate(required('DATABASE_URL'));
      console.log(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`);
    });
};

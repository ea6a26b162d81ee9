import { takeBackup } from '#infra/backup/take.js';
import type { Command } from 'commander';
import { required } from './environment.js';

/** Adds `lb-bus backup`: writes the state of the database at one moment to a folder. */
export const backupCommand = (program: Command): void => {
  program
    .command('backup')
    .description('write the state of the database at one moment to a new folder')
    .argument('<folder>', 'folder that the backup makes')
    .option('--attachments', 'also copy the attachments, where LBBUS_ATTACHMENTS is a folder')
    .action(async (folder: string, options: { readonly attachments?: boolean }) => {
      const manifest = await takeBackup({
        databaseUrl: required('DATABASE_URL'),
        folder,
        attachments: options.attachments === true ? required('LBBUS_ATTACHMENTS') : null,
        tell: (words) => console.log(words),
      });
      const { keys, takenAt, tenants, tables } = manifest;
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      console.log(
        `${folder} holds the state of ${takenAt}: ${tenants.length} tenants, ${rows} rows.`,
      );
      console.log(
        `To read it: key ${keys.body.join(', ')} of LBBUS_BODY_KEY_FILE and key ${keys.secret.join(', ')} of LBBUS_SECRET_KEY_FILE. Keep them elsewhere.`,
      );
    });
};

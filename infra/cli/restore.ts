import { restoreBackup } from '#infra/backup/restore.js';
import { readKeyFile } from '#runtime/keys.js';
import type { Command } from 'commander';
import { required } from './environment.js';

interface RestoreCommandOptions {
  readonly into?: string;
  readonly attachments?: boolean;
}

const restore = async (folder: string, options: RestoreCommandOptions): Promise<void> => {
  const { manifest, opened } = await restoreBackup({
    folder,
    databaseUrl: required('DATABASE_URL'),
    into: options.into ?? null,
    keys: {
      body: readKeyFile(required('LBBUS_BODY_KEY_FILE')),
      secret: readKeyFile(required('LBBUS_SECRET_KEY_FILE')),
    },
    attachments: options.attachments === true ? required('LBBUS_ATTACHMENTS') : null,
    tell: (words) => console.log(words),
  });
  const where = options.into === undefined ? 'The database' : `Database ${options.into}`;
  console.log(`${where} has the state of ${manifest.takenAt}.`);
  console.log(
    `Opened to try the keys: those of ${opened.tenants} tenants, ${opened.bodies} bodies, ${opened.secrets} secrets.`,
  );
  if (options.into !== undefined)
    console.log(`Next: put /${options.into} in the DATABASE_URL of every process.`);
  console.log(
    'Next: start the processes, wait until the queue "audit" is empty, and run "lb-bus ledger": it says whom to ask for what.',
  );
};

/** Adds `lb-bus restore`: brings a backup back into a new database. */
export const restoreCommand = (program: Command): void => {
  program
    .command('restore')
    .description('bring a backup back into a new database; every process must be stopped')
    .argument('<folder>', 'folder of the backup')
    .option('--into <name>', 'make a database of this name on the server of DATABASE_URL')
    .option('--attachments', 'also bring back attachments that are not there any more')
    .action(restore);
};

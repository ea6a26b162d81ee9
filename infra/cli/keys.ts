import { userInfo } from 'node:os';
import { readKeyFile, type Key } from '#runtime/keys.js';
import { sealingKeyOf } from '#runtime/sealing.js';
import { addKey } from '#tenants/add-key.js';
import type { Command } from 'commander';
import { withOwner } from './declared.js';
import { required } from './environment.js';

const lineOf = ({ id, bytes }: Key): string => `${id}:${bytes.toString('base64')}`;

const sealingCommand = (keys: Command): void => {
  keys
    .command('sealing')
    .description('print the public half of the secret key, for LBBUS_SEALING_KEY_FILE')
    .action(() => {
      console.log(lineOf(sealingKeyOf(readKeyFile(required('LBBUS_SECRET_KEY_FILE'))[0])));
    });
};

/** Adds `lb-bus keys new`, which makes an API key and prints it once, and `lb-bus keys sealing`. */
export const keysCommand = (program: Command): void => {
  const keys = program
    .command('keys')
    .description('API keys of credentials, and the key that secrets are sealed to');
  sealingCommand(keys);
  keys
    .command('new')
    .description('make an API key for a credential and print it, this once')
    .argument('<tenant>')
    .argument('<credential>')
    .option('--drop-oldest', 'where two keys are valid already: end the oldest at once')
    .action(async (tenant: string, credential: string, options: { dropOldest?: boolean }) => {
      const key = await withOwner((database) =>
        addKey(database, {
          ...{ tenant, credential, dropOldest: options.dropOldest ?? false },
          author: { by: userInfo().username, via: 'keys', reason: '' },
        }),
      );
      console.log(key);
    });
};

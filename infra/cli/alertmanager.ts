import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parse, stringify } from 'yaml';
import { readStored } from '#tenants/stored.js';
import { alertmanagerConfig, readContacts } from '../../monitoring/alerts/alertmanager.js';
import { withOwner } from './declared.js';

/** Adds `lb-bus alertmanager`: prints the configuration of Alertmanager, with a route for each tenant that has contacts. */
export const alertmanagerCommand = (program: Command): void => {
  program
    .command('alertmanager')
    .description('print the configuration of Alertmanager from who is to hear which alerts')
    .requiredOption('-f, --file <file>', 'YAML with the contacts')
    .action(async ({ file }: { file: string }) => {
      const { tenants } = await withOwner((database) => database.scoped('*', readStored));
      const ids = new Set(tenants.map(({ id }) => id));
      const contacts = readContacts(parse(await readFile(file, 'utf8')), ids);
      console.log(stringify(alertmanagerConfig(contacts), { lineWidth: 0 }).trimEnd());
    });
};

import { declaredOf } from '#tenants/declared-of.js';
import { readStored, type StoredTenant } from '#tenants/stored.js';
import { Argument, type Command } from 'commander';
import { stringify } from 'yaml';
import { table } from './columns.js';
import { withOwner } from './declared.js';

type Row = Readonly<Record<string, string | number | boolean>>;

/** What each word after `get` shows of a tenant; never a key, a token or a hash. */
const views: Readonly<Record<string, (tenant: StoredTenant) => Row[]>> = {
  tenants: ({ id, name, kbo, connectors, routes, credentials }) => [
    {
      tenant: id,
      name,
      kbo,
      connectors: connectors.length,
      routes: routes.length,
      credentials: credentials.length,
    },
  ],
  connectors: ({ id, connectors }) =>
    connectors.map(({ name, connector, enabled, hookTokenHash }) => ({
      tenant: id,
      name,
      connector,
      enabled,
      hook: hookTokenHash !== null,
    })),
  routes: ({ id, routes }) =>
    routes.map(({ type, filter, targets }) => ({
      tenant: id,
      type,
      to: targets.join(', '),
      filter: filter ? JSON.stringify(filter) : '',
    })),
  credentials: ({ id, credentials }) =>
    credentials.map(({ name, sources, types, keyHashes, clientId, expiresAt }) => ({
      tenant: id,
      name,
      sources: sources.join(', '),
      types: types.join(', '),
      keys: keyHashes.length,
      client: clientId ?? '',
      expires: expiresAt ?? '',
    })),
};

const declaration = 'declaration';

/** A YAML document for each tenant, as `lb-bus apply` takes it. */
const declarationsOf = (tenants: readonly StoredTenant[], json: boolean): string => {
  const declared = tenants.map(declaredOf);
  return json
    ? JSON.stringify(declared, null, 2)
    : declared.map((one) => stringify(one, { lineWidth: 0 }).trimEnd()).join('\n---\n');
};

/** Adds `lb-bus get`: prints what is stored, as a table or as JSON; declarations as YAML. */
export const getCommand = (program: Command): void => {
  program
    .command('get')
    .description('print what is stored of the tenants')
    .addArgument(new Argument('<what>').choices([...Object.keys(views), declaration]))
    .option('-t, --tenant <tenant>', 'of one tenant only')
    .option('--json', 'as JSON')
    .action(async (what: string, options: { tenant?: string; json?: boolean }) => {
      const stored = await withOwner((database) =>
        database.scoped(options.tenant ?? '*', readStored),
      );
      const tenants = stored.tenants.filter(
        ({ id }) => options.tenant === undefined || id === options.tenant,
      );
      if (what === declaration) {
        console.log(declarationsOf(tenants, options.json ?? false));
        return;
      }
      const rows = tenants.flatMap((tenant) => views[what]?.(tenant) ?? []);
      if (options.json === true) console.log(JSON.stringify(rows, null, 2));
      else console.log(rows.length === 0 ? 'None.' : table(rows));
    });
};

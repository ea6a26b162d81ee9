import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parse } from 'yaml';
import type { Declared } from '#tenants/declaration-schema.js';
import { readSecretValues } from '#tenants/secret-values.js';
import { openAsking } from './asking.js';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';
import { askRest, wishOf, type Choice, type Given, type TenantWish } from './tenant-wish.js';

interface NewOptions extends OperatorOptions {
  readonly name?: string;
  readonly kbo?: string;
  readonly bestuurseenheid?: string;
  readonly verwerking: readonly string[];
  readonly connectors?: string;
  readonly secrets?: string;
  readonly application?: string;
  readonly routes: boolean;
  readonly test?: boolean;
  readonly reason: string;
}

type Routes = NonNullable<Declared['routes']>;

/** What was made, each step by itself; null what was not wished. */
interface Made {
  readonly tenant: string;
  readonly hooks: readonly { readonly connector: string; readonly token: string }[];
  readonly routes: Routes;
  readonly key: string | null;
  readonly test: string | null;
}

const connectorsIn = async (file: string): Promise<Given['connectors']> => {
  const page: unknown = parse(await readFile(file, 'utf8'));
  const connectors: unknown =
    typeof page === 'object' && page !== null ? Reflect.get(page, 'connectors') : undefined;
  if (typeof connectors !== 'object' || connectors === null)
    throw new Error(`${file} has no "connectors:", as a declaration of a tenant has`);
  return connectors as Given['connectors'];
};

const givenBy = async (tenant: string, options: NewOptions): Promise<Given> => {
  const { name, kbo, bestuurseenheid, verwerking, connectors, application } = options;
  return {
    ...{ tenant, name, kbo, bestuurseenheid, verwerkingen: verwerking, application },
    ...(connectors !== undefined && { connectors: await connectorsIn(connectors) }),
  };
};

const isWhole = ({ name, kbo, bestuurseenheid }: Given): boolean =>
  name !== undefined && kbo !== undefined && bestuurseenheid !== undefined;

/** Everything as options say; at a terminal, where they do not say who it is, the rest is asked. */
const wishFor = async (tenant: string, options: NewOptions): Promise<TenantWish> => {
  const given = await givenBy(tenant, options);
  const beside = await readSecretValues(options.secrets);
  const valueOf = (name: string): string | undefined => beside(tenant, name);
  if (isWhole(given) || !process.stdin.isTTY) return wishOf(given, valueOf);
  const { connectors } = await askMonitoring<{ connectors: Choice[] }>(options, '/catalogue');
  const asking = openAsking(process.stdin, process.stderr);
  try {
    const answered = await askRest(given, connectors, asking);
    return wishOf(answered.given, (name) => answered.values.get(name) ?? valueOf(name));
  } finally {
    asking.close();
  }
};

/** Takes the routes that the bus proposes for what is coupled now. */
const routesOf = async (options: NewOptions, path: string): Promise<Routes> => {
  const { routes } = await askMonitoring<{ routes: Routes }>(options, `${path}/routes/proposal`);
  if (routes.length === 0) return routes;
  const view = await askMonitoring<{ version: number; declaration: Declared }>(
    options,
    `${path}/declaration`,
  );
  await askMonitoring(options, `${path}/declaration`, {
    method: 'PUT',
    body: {
      declaration: { ...view.declaration, routes },
      ...{ version: view.version, reason: options.reason },
    },
  });
  return routes;
};

const make = async (tenant: string, options: NewOptions): Promise<Made> => {
  const { declaration, secrets } = await wishFor(tenant, options);
  const { reason } = options;
  const path = `/tenants/${encodeURIComponent(tenant)}`;
  const post = <T>(to: string, body: object): Promise<T> =>
    askMonitoring<T>(options, to, { method: 'POST', body });
  const { tokens } = await post<{ tokens: Made['hooks'] }>('/tenants', {
    ...{ declaration, secrets, reason },
  });
  const routes = options.routes ? await routesOf(options, path) : [];
  const [application] = declaration.credentials ?? [];
  const keys = `${path}/credentials/${application?.name ?? ''}/keys`;
  const key = application ? (await post<{ key: string }>(keys, { reason })).key : null;
  const test =
    options.test === true && key !== null
      ? (await post<{ id: string }>(`${path}/test-messages`, { key })).id
      : null;
  return { tenant, hooks: tokens, routes, key, test };
};

const madeWords = ({ tenant, hooks, routes, key, test }: Made): string =>
  [
    `Made ${tenant}.`,
    ...hooks.map(({ connector, token }) => `Hook token of ${connector}, shown this once: ${token}`),
    ...routes.map(({ when, to }) => `Route: ${when.type} to ${to.join(', ')}`),
    ...(key === null ? [] : [`API key of its application, shown this once: ${key}`]),
    ...(test === null ? [] : [`Test message: lb-bus trace ${tenant} ${test}`]),
  ].join('\n');

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** Adds `lb-bus tenant new`: a new tenant as the guided way of the console makes it, by questions or by options. */
export const tenantCommand = (program: Command): void => {
  const parent = program.command('tenant').description('tenants, one by one');
  withOperator(parent.command('new'))
    .description(
      'make a tenant: its systems, the routes that fit them, its first application with a key; at a terminal what is not said is asked',
    )
    .argument('<tenant>', 'its name on the bus; it stays so for ever')
    .option('--name <name>', 'as people call it: Gemeente Aalter')
    .option('--kbo <number>', 'its number in the KBO, ten digits')
    .option('--bestuurseenheid <iri>', 'IRI of its bestuurseenheid')
    .option('--verwerking <id>', 'a processing activity; may be repeated', collect, [])
    .option('--connectors <file>', 'YAML file with "connectors:", as in a declaration')
    .option('--secrets <file>', 'YAML file with the values of secrets: tenant: { name: value }')
    .option('--application <name>', 'its first application; a key of it is made and printed')
    .option('--no-routes', 'without the routes that the bus proposes for what is coupled')
    .option('--test', 'send a test message with the new key, through the door')
    .requiredOption('--reason <text>', 'why; it is recorded with your name')
    .action(async (tenant: string, options: NewOptions) => {
      const made = await make(tenant, options);
      print(options, made, () => madeWords(made));
    });
};

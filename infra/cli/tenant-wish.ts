import type { Declared } from '#tenants/declaration-schema.js';
import { namesOfSecrets } from '#tenants/secret-reference.js';
import type { Asking } from './asking.js';

type Connectors = NonNullable<Declared['connectors']>;

/** What somebody said of a new tenant; what is missing can be asked. */
export interface Given {
  readonly tenant: string;
  readonly name?: string | undefined;
  readonly kbo?: string | undefined;
  readonly bestuurseenheid?: string | undefined;
  readonly verwerkingen: readonly string[];
  readonly connectors?: Connectors | undefined;
  readonly application?: string | undefined;
}

/** A new tenant as it is to be declared, with the values of its secrets. */
export interface TenantWish {
  readonly declaration: Declared;
  readonly secrets: Readonly<Record<string, { readonly value: string }>>;
}

interface SettingSchema {
  readonly type?: string;
  readonly description?: string;
  readonly 'x-secret'?: boolean;
}

/** A connector as the catalogue tells it. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly settings: {
    readonly properties?: Readonly<Record<string, SettingSchema>>;
    readonly required?: readonly string[];
  };
}

/** Gives the value of a secret of the tenant, where one was given beside. */
type ValueOf = (name: string) => string | undefined;

const identityFlags = { name: '--name', kbo: '--kbo', bestuurseenheid: '--bestuurseenheid' };

const missing = (given: Given): string[] =>
  Object.entries(identityFlags).flatMap(([key, flag]) =>
    given[key as keyof typeof identityFlags] === undefined ? [flag] : [],
  );

/** The declaration of what was said. Throws naming the options and secrets that are missing. */
export const wishOf = (given: Given, valueOf: ValueOf): TenantWish => {
  const flags = missing(given);
  if (flags.length > 0)
    throw new Error(`say ${flags.join(', ')}; at a terminal what is missing is asked`);
  const { tenant, name = '', kbo = '', bestuurseenheid = '', verwerkingen, application } = given;
  const { connectors = {} } = given;
  const names = namesOfSecrets(connectors);
  const values = names.flatMap((secret) => {
    const value = valueOf(secret);
    return value === undefined ? [] : [[secret, { value }] as const];
  });
  return {
    declaration: {
      ...{ tenant, name, bestuurseenheid, kbo, connectors },
      verwerkingen: [...verwerkingen],
      ...(application !== undefined && {
        credentials: [
          { name: application, sources: [`urn:lb:${tenant}:${application}`], types: ['*'] },
        ],
      }),
    },
    secrets: Object.fromEntries(values),
  };
};

const wordsOf = (property: string, { description }: SettingSchema): string =>
  description === undefined ? property : `${property} (${description.replace(/\.$/, '')})`;

const numeric = new Set(['number', 'integer']);
/** No line says these: they are given in a file. */
const manifold = new Set(['object', 'array']);

const valueOf = (type: string, answer: string): string | number =>
  numeric.has(type) ? Number(answer) : answer;

const secretName = (connector: string, property: string): string =>
  `${connector}-${property.replaceAll(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}`;

/** Asks the settings that have to be there and fit on a line; the others keep what is usual. */
const askSettings = async (
  { id, settings: { properties = {}, required = [] } }: Choice,
  asking: Asking,
  keep: (name: string, value: string) => void,
): Promise<Record<string, unknown>> => {
  const settings: Record<string, unknown> = {};
  for (const property of required) {
    const schema = properties[property] ?? {};
    const { type = '' } = schema;
    const words = `  ${wordsOf(property, schema)}`;
    if (schema['x-secret']) {
      const secret = secretName(id, property);
      keep(secret, await asking.askSecret(words));
      settings[property] = { secret };
    } else if (!manifold.has(type)) settings[property] = valueOf(type, await asking.ask(words));
  }
  return settings;
};

const wordList = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

const askConnectors = async (
  choices: readonly Choice[],
  asking: Asking,
  keep: (name: string, value: string) => void,
): Promise<Connectors> => {
  const known = new Map(choices.map((choice) => [choice.id, choice]));
  const wished = wordList(
    await asking.ask(`Systems to couple, of ${[...known.keys()].join(' ')}`, ''),
  );
  const connectors: Record<string, unknown> = {};
  for (const id of wished) {
    const choice = known.get(id);
    if (!choice)
      throw new Error(`there is no connector "${id}": one of ${[...known.keys()].join(', ')}`);
    connectors[id] = { settings: await askSettings(choice, asking, keep) };
  }
  return connectors as Connectors;
};

const titled = (tenant: string): string => tenant.charAt(0).toUpperCase() + tenant.slice(1);

const iris = 'http://data.lblod.info/id/bestuurseenheden/';

const askIdentity = async ({ tenant, ...given }: Given, { ask }: Asking) => ({
  name: given.name ?? (await ask('Name', `Gemeente ${titled(tenant)}`)),
  kbo: given.kbo ?? (await ask('KBO number, ten digits')),
  bestuurseenheid:
    given.bestuurseenheid ?? (await ask(`IRI of its bestuurseenheid, begins with ${iris}`)),
});

/** Asks what was not said, as the guided way of the console does: who it is, its systems, its first application. */
export const askRest = async (
  given: Given,
  choices: readonly Choice[],
  asking: Asking,
): Promise<{ readonly given: Given; readonly values: ReadonlyMap<string, string> }> => {
  const { tenant } = given;
  const values = new Map<string, string>();
  const { ask } = asking;
  const keep = (name: string, value: string): void => {
    if (value !== '') values.set(name, value);
  };
  const identity = await askIdentity(given, asking);
  const verwerkingen =
    given.verwerkingen.length > 0
      ? given.verwerkingen
      : wordList(await ask('Processing activities (verwerkingen), with commas between', ''));
  const connectors = given.connectors ?? (await askConnectors(choices, asking, keep));
  const application =
    given.application ?? ((await ask('Name of its first application, if any', '')) || undefined);
  return {
    given: { tenant, ...identity, verwerkingen, connectors, application },
    values,
  };
};

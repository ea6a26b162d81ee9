import { DeclarationBroken, readYamlSources, type YamlSource } from './yaml-source.js';

/** Values given to this very apply; undefined where none is. Nothing of it is printed or kept. */
export type SecretValues = (tenant: string, name: string) => string | undefined;

/** Until when a secret holds, for those of which it is said now; undefined leaves it as it is, null takes the day away. */
export type SecretEnds = (tenant: string, name: string) => Date | null | undefined;

/** Name of the environment variable that may hold a secret: `LBBUS_SECRET_AALTER_TOPDESK_PASSWORD`. */
const variableOf = (tenant: string, name: string): string =>
  `LBBUS_SECRET_${tenant}_${name}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Given {
  readonly tenant: string;
  readonly name: string;
  readonly value: unknown;
  readonly place: string;
}

const secretsIn = ({ value, placeOf }: YamlSource): Given[] =>
  Object.entries(isObject(value) ? value : {}).flatMap(([tenant, secrets]) =>
    Object.entries(isObject(secrets) ? secrets : { '': secrets }).map(([name, one]) => ({
      tenant,
      name,
      value: one,
      place: placeOf([tenant, name]),
    })),
  );

/** `tenant: { name: value }`, in one or several documents. Complaints name the place, never a value. */
const readFile = async (file: string): Promise<ReadonlyMap<string, string>> => {
  const given = (await readYamlSources(file)).flatMap(secretsIn);
  const isText = ({ name, value }: Given): boolean =>
    name !== '' && typeof value === 'string' && value !== '';
  const wrong = given.filter((one) => !isText(one));
  if (wrong.length > 0)
    throw new DeclarationBroken(
      wrong.map(({ place, tenant }) => `${place}: ${tenant}: expected { name: "text in quotes" }`),
    );
  return new Map(given.map(({ tenant, name, value }) => [`${tenant}|${name}`, String(value)]));
};

/** Reads the values of secrets from a YAML file, then from the environment. Throws `DeclarationBroken`. */
export const readSecretValues = async (
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<SecretValues> => {
  const values = file === undefined ? new Map<string, string>() : await readFile(file);
  return (tenant, name) =>
    values.get(`${tenant}|${name}`) ?? (environment[variableOf(tenant, name)] || undefined);
};

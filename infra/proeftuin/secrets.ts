import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '#kit/definition.js';
import { namesOfSecrets } from '#tenants/secret-reference.js';
import { parse, stringify } from 'yaml';
import { addressOf, couplingsWith, type Coupling, type Passwords } from './accounts.js';
import type { DemoTenant } from './declared-tenants.js';

/** Secrets by tenant and name, as `lb-bus apply --secrets` reads them. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

const file = 'secrets.yaml';

/** The secrets of this proeftuin; none before the first `prepare`. */
export const readSecrets = (folder: string): Secrets =>
  existsSync(join(folder, file))
    ? (parse(readFileSync(join(folder, file), 'utf8')) as Secrets)
    : {};

/** Which of its secrets a tenant needs to be let in by the simulator: what the simulator puts at the same settings. */
const secretsOfCoupling = (
  { settings }: Coupling,
  accepted: Readonly<Record<string, unknown>>,
): [string, string][] =>
  Object.entries(settings).flatMap(([setting, value]): [string, string][] => {
    const [name] = namesOfSecrets(value);
    const secret = accepted[setting];
    return name !== undefined && typeof secret === 'string' ? [[name, secret]] : [];
  });

/** Everything that the demo tenants need to know: passwords for the simulators, and keys of their own at random. */
export const makeSecrets = (
  connectors: ReadonlyMap<string, Connector>,
  couplings: { tenants: readonly DemoTenant[]; passwords: Passwords; origin: string },
  known: Secrets,
): Secrets => {
  const forSimulators = [...connectors].flatMap(([id, { simulator }]) =>
    couplingsWith(id, couplings).map((coupling) => {
      const { account, tenant } = coupling;
      const base = `${addressOf(couplings.origin, id)}/${account.name}`;
      return [
        tenant,
        secretsOfCoupling(coupling, simulator?.settings(base, account) ?? {}),
      ] as const;
    }),
  );
  const made = couplings.tenants.map((declared) => {
    const { tenant } = declared;
    const own = namesOfSecrets(declared).map((name): [string, string] => [
      name,
      known[tenant]?.[name] ?? `lb_${tenant}_${randomBytes(32).toString('base64url')}`,
    ]);
    const given = forSimulators.flatMap(([of, secrets]) => (of === tenant ? secrets : []));
    return [tenant, Object.fromEntries([...own, ...given])] as const;
  });
  return Object.fromEntries(made);
};

/** Readable by their owner only. */
export const writeSecrets = (folder: string, secrets: Secrets): void => {
  const text = `# Made at random by the proeftuin, for this machine only.\n${stringify(secrets)}`;
  writeFileSync(join(folder, file), text, { mode: 0o600 });
};

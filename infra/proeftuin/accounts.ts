import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '#kit/simulator.js';
import type { DemoTenant } from './declared-tenants.js';

/** A connector instance of a tenant that points at an environment of a simulator. */
export interface Coupling {
  readonly tenant: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly account: Account;
  /** Name of the secret with which the system calls the bus, where it does. */
  readonly hook: string | undefined;
}

/** Makes the password of each account from one random key, so that nothing else has to be kept. */
export type Passwords = (connector: string, account: string) => string;

/** The passwords of this proeftuin; makes its key the first time. */
export const passwordsIn = (folder: string): Passwords => {
  const file = join(folder, 'accounts.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  const key = readFileSync(file);
  return (connector, account) =>
    createHmac('sha256', key).update(`${connector}|${account}`).digest('base64url');
};

/** Address of a simulator; its accounts lie one step below. */
export const addressOf = (origin: string, connector: string): string => `${origin}/${connector}`;

const accountNameIn = (settings: Coupling['settings'], address: string): string | undefined =>
  Object.values(settings)
    .filter((value) => typeof value === 'string')
    .find((value) => value.startsWith(`${address}/`))
    ?.slice(address.length + 1)
    .split('/')[0];

/** Every coupling with the simulator of a connector: which setting holds the address does not matter. */
export const couplingsWith = (
  connector: string,
  {
    tenants,
    passwords,
    origin,
  }: { tenants: readonly DemoTenant[]; passwords: Passwords; origin: string },
): Coupling[] =>
  tenants.flatMap(({ tenant, connectors }) =>
    Object.entries(connectors)
      .filter(([name, instance]) => (instance.connector ?? name) === connector)
      .flatMap(([, { settings = {}, hook }]) => {
        const name = accountNameIn(settings, addressOf(origin, connector));
        if (name === undefined) return [];
        const account = { name, secret: passwords(connector, name) };
        return [{ tenant, settings, account, hook: hook?.token.secret }];
      }),
  );

import { namesOfSecrets } from '#tenants/secret-reference.js';
import { couplingsWith, type Coupling, type Passwords } from './accounts.js';
import type { DemoTenant } from './declared-tenants.js';
import type { OutsideWorld } from './outside-world.js';
import type { Secrets } from './secrets.js';

interface Known {
  readonly tenants: readonly DemoTenant[];
  readonly passwords: Passwords;
  readonly origin: string;
  readonly secrets: Secrets;
  /** Address of the gateway. */
  readonly gateway: string;
}

/** What shows that a call is of the system that the coupling is set up with. */
const headersOf = ({ settings }: Coupling, own: Secrets[string]): Record<string, string> => {
  const [name = ''] = namesOfSecrets({ secret: settings['webhookSecret'] });
  return { 'x-lb-bus-secret': own[name] ?? '' };
};

/** Sets up every system whose coupling has a hook to call the bus when people change something: then it need not be asked often. */
export const registerHooks = (world: OutsideWorld, known: Known): void => {
  for (const [connector, simulator] of world)
    for (const coupling of couplingsWith(connector, known)) {
      const own = known.secrets[coupling.tenant] ?? {};
      const token = coupling.hook === undefined ? undefined : own[coupling.hook];
      if (token === undefined) continue;
      simulator.drive(coupling.account.name, 'setWebhook', {
        url: `${known.gateway}/v1/hooks/${token}`,
        headers: headersOf(coupling, own),
        onlyPeople: true,
      });
    }
};

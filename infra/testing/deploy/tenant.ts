import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stack } from '../processes.js';

/** API key of the one application of the tenant that `declareTenant` makes. */
export const apiKey = `lb_aalter_${'k'.repeat(43)}`;
export const source = 'urn:lb:aalter:meldpunt';

/** The tenant's application has an API key: no proeftuin writes the issuers of OAuth 2. */
export const keysOnly = { LBBUS_ISSUERS_FILE: '' };

/** Where the targets of the tenant are; what is left out is not coupled. */
export interface Targets {
  /** Address of an application that messages are pushed to. */
  readonly backend?: string;
  /** Settings of a TOPdesk, its password in words. */
  readonly topdesk?: Record<string, unknown>;
  /** A postvak that the application of the tenant reads. */
  readonly postvak?: true;
}

/** Declares one tenant on a stack: meldingen go to all that is coupled. */
export const declareTenant = async (stack: Stack, targets: Targets): Promise<void> => {
  const { backend, topdesk, postvak } = targets;
  const connectors = {
    ...(postvak && { postbus: { connector: 'postvak' } }),
    ...(backend !== undefined && {
      backend: { settings: { url: backend, secret: { secret: 'backend' } } },
    }),
    ...(topdesk && {
      topdesk: { settings: { ...topdesk, password: { secret: 'topdesk' } } },
    }),
  };
  const tenant = {
    tenant: 'aalter',
    name: 'Gemeente Aalter',
    bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
    kbo: '0207433216',
    verwerkingen: ['meldingen-openbaar-domein'],
    rate: { perSecond: 10_000, burst: 100_000 },
    allowedHosts: ['127.0.0.1'],
    connectors,
    routes: [{ when: { type: 'be.lbbus.melding.ingediend.v1' }, to: Object.keys(connectors) }],
    credentials: [
      {
        name: 'meldpunt',
        keys: [{ secret: 'key' }],
        sources: [source],
        types: ['*'],
        postvakken: postvak ? ['postbus'] : [],
      },
    ],
  };
  const { stateFolder } = stack.deployment;
  const file = join(stateFolder, 'tenant.yaml');
  const secrets = join(stateFolder, 'secrets.yaml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(tenant));
  const values = {
    key: apiKey,
    backend: `whsec_${randomBytes(24).toString('base64')}`,
    ...(topdesk && { topdesk: topdesk['password'] }),
  };
  await writeFile(secrets, JSON.stringify({ aalter: values }));
  await stack.lbBus('apply', '-f', file, '--secrets', secrets, '--yes');
};

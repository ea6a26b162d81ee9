import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { discoverConnectors } from '#kit/discover.js';
import type { Config } from '#runtime/config.js';
import { serveInternal } from '#runtime/internal-http.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { passwordsIn } from './accounts.js';
import { createApplication } from './application.js';
import { readTenants } from './declared-tenants.js';
import { foldersIn } from './folders.js';
import { registerHooks } from './hooks.js';
import { createIdentityProvider } from './identity-provider.js';
import { openOutsideWorld } from './outside-world.js';
import { readSecrets } from './secrets.js';

/** Opens simulators, identity provider and front page on one port; throws outside a sandbox. */
export const startProeftuin = async (config: Config, origin: string): Promise<RunningProcess> => {
  if (!config.sandbox)
    throw new Error(
      'the proeftuin only starts in a sandbox: set LBBUS_SANDBOX=1, never in production',
    );
  const { own, tenants } = foldersIn(config.stateDir);
  const couplings = { tenants: readTenants(tenants), passwords: passwordsIn(own), origin };
  const world = await openOutsideWorld(await discoverConnectors(), couplings);
  registerHooks(world, { ...couplings, secrets: readSecrets(own), gateway: config.publicUrl });
  const app = await createApplication(world, await createIdentityProvider(own, origin));
  await app.listen(config.port, process.env['LBBUS_HOST'] ?? '127.0.0.1');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const internal = await serveInternal({
    port: config.internalPort,
    registry,
    readiness: () => null,
  });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    port,
    internalPort: internal.port,
    stop: async () => {
      await app.close();
      await internal.close();
    },
  };
};

import { discoverConnectors } from '#kit/discover.js';
import type { Connector } from '#kit/definition.js';
import type { Config } from '#runtime/config.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { readKeyFile } from '#runtime/keys.js';
import type { Log } from '#runtime/log.js';
import type { DeploymentKeys } from '#tenants/possession.js';

const poolSize = 2;

/** What it takes to change tenants: the one way in which monitoring writes what was declared. */
export interface Configuring {
  /** As `lbbus_configure`. */
  readonly database: Database;
  /** Without the secret key: secrets are sealed here, and never opened. */
  readonly keys: DeploymentKeys;
  /** The connectors of this program, discovered when they are first asked for. */
  readonly connectors: () => Promise<ReadonlyMap<string, Connector>>;
}

/** Opens it; connects to nothing yet. */
export const openConfiguring = (config: Config, log: Log): Configuring => {
  let connectors: Promise<ReadonlyMap<string, Connector>> | null = null;
  const { sealingKeyFile } = config;
  return {
    database: openDatabase({ url: config.databaseUrl, log, poolSize, role: 'lbbus_configure' }),
    keys: {
      body: readKeyFile(config.bodyKeyFile),
      secret: null,
      ...(sealingKeyFile !== null && { sealTo: readKeyFile(sealingKeyFile)[0] }),
    },
    connectors: () => (connectors ??= discoverConnectors()),
  };
};

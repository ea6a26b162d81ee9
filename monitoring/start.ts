import { join } from 'node:path';
import { openAttachmentStore } from '#attachments/store.js';
import { connectBus, type Bus } from '#bus/connection.js';
import { BusServer } from '#bus/server.js';
import { auditQueue } from '#bus/topology.js';
import type { Config } from '#runtime/config.js';
import { DatabaseHealth } from '#runtime/database-health.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { serveInternal, type Readiness } from '#runtime/internal-http.js';
import { readKeyFile } from '#runtime/keys.js';
import { watchConnections } from '#runtime/leaving.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import type { Log } from '#runtime/log.js';
import { discoverConnectors } from '#kit/discover.js';
import { createMonitoringMetrics } from '#runtime/metrics.js';
import { followDirectory, tenantsChannel, waitingForTenants } from '#tenants/follow.js';
import { createApplication } from './application.js';
import { Collector, collectorPrefetch } from './collect/collector.js';
import { startGauges, type Watched } from './gauges/start.js';
import { readAgreedMs } from './health/agreed.js';
import { watchHealth } from './health/watch.js';
import { openMaps } from './map/maps.js';
import { lineChannel } from './health/remember.js';
import { openLiveHub } from './live/hub.js';
import { readDoor } from './people/door.js';
import { keepForgetting } from './retention/retention.js';
import { keepFolding } from './usage/fold.js';
import { readUsageSettings } from './usage/settings.js';
import { openConfiguring } from './tenants/configuring.js';

/** A batch of records and a page of the console are there long before. */
const statementTimeoutMs = 20_000;

const loopback = '127.0.0.1';

/** In the sandbox the process listens on this machine only. */
const hostOf = ({ sandbox }: Config, env: NodeJS.ProcessEnv): string =>
  sandbox ? loopback : (env['LBBUS_HOST'] ?? loopback);

/** `storing` is the collector's own: whoever looks never keeps it from storing. */
const openDatabases = ({ databaseUrl: url }: Config, log: Log) => {
  const session = { url, log, statementTimeoutMs, health: new DatabaseHealth(log) };
  const database = openDatabase(session);
  const storing = openDatabase({ ...session, poolSize: 2, byKey: true });
  const closeDatabases = async (): Promise<void> => {
    await Promise.all([database.close(), storing.close()]);
  };
  return { database, storing, closeDatabases };
};

/** Opens what the process lives on: the broker, PostgreSQL, the tenants. */
const openDependencies = async (config: Config, log: Log, database: Database) => {
  const bus = connectBus({ url: config.amqpUrl, name: `monitoring ${process.pid}`, log });
  const directory = await followDirectory({
    database,
    bodyKek: readKeyFile(config.bodyKeyFile),
    snapshotFile: join(config.stateDir, 'monitoring.tenants'),
    log,
  });
  const attachments = openAttachmentStore(config.attachments, (tenant) => {
    const keys = directory.current().tenants.get(tenant)?.bodyKeys;
    if (!keys) throw new Error(`there are no keys of ${tenant}`);
    return keys;
  });
  return { bus, directory, attachments };
};

/** What keeps this process from collecting, in words for the operator; a broker that is blocked still gives. */
const readinessOf = (bus: Bus, database: Database) => (): string | null =>
  bus.state() === 'down' ? 'the broker is down' : database.problem();

/** Opens what looks at the bus, and what changes its tenants, for those who ask. */
const openSights = (config: Config, watched: Watched, env: NodeJS.ProcessEnv) => {
  const { database, log } = watched;
  const gauges = startGauges(watched, env);
  const looked = { ...watched, counts: gauges.counts, agreedMs: readAgreedMs(env) };
  const health = watchHealth(looked);
  const maps = openMaps({ ...watched, health, definitions: discoverConnectors });
  const configuring = openConfiguring(config, log);
  const live = openLiveHub(database, {
    ofTenants: [lineChannel, tenantsChannel],
    renewed: health.renewed,
  });
  return {
    parts: { health, maps, configuring, live },
    close: async () => {
      await live.close();
      await gauges.stop();
      await health.stop();
      await configuring.database.close();
    },
  };
};

/** Starts monitoring; `stop` stores what is in hand, within 20 s. */
export const startMonitoring = async (
  config: Config,
  log: Log,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningProcess> => {
  const usage = readUsageSettings(env);
  const openDoor = readDoor(config, env);
  const metrics = createMonitoringMetrics();
  const { database, storing, closeDatabases } = openDatabases(config, log);
  let readiness: Readiness = () => waitingForTenants(database);
  const internal = await serveInternal({
    port: config.internalPort,
    registry: metrics.registry,
    readiness: () => readiness(),
  });
  const { bus, directory, attachments } = await openDependencies(config, log, database);
  const keysOf = (tenant: string) => directory.current().tenants.get(tenant)?.bodyKeys ?? null;
  const collector = new Collector({ database: storing, bus, keysOf, metrics, log });
  const watched = { config, bus, database, directory: directory.current, metrics, log };
  const sights = openSights(config, watched, env);
  const server = new BusServer(bus);
  let port = 0;
  const own = () => `http://${loopback}:${port}`;
  const app = await createApplication(
    {
      ...openDoor({ database, directory: directory.current, own }),
      ...sights.parts,
      ...{ attachments, database, collector, metrics, usage, log },
      ...{ directory: directory.current, sandbox: config.sandbox, publicUrl: config.publicUrl },
    },
    server,
  );
  server.serve([{ queue: auditQueue, pattern: auditQueue, prefetch: collectorPrefetch }]);
  await app.startAllMicroservices();
  const connections = watchConnections(app.getHttpServer());
  await app.listen(config.port, hostOf(config, env));
  port = Number(new URL(await app.getUrl()).port);
  readiness = readinessOf(bus, database);
  const stopForgetting = keepForgetting({ database, keeping: usage.keeping, log });
  const stopFolding = keepFolding({ database, log });
  return {
    port,
    internalPort: internal.port,
    stop: async () => {
      readiness = () => 'stopping';
      stopForgetting();
      const callOff = connections.cutSilent();
      await app.close();
      callOff();
      await collector.stop();
      await stopFolding();
      await sights.close();
      await bus.close();
      await directory.close();
      attachments.close();
      await closeDatabases();
      await internal.close();
    },
  };
};

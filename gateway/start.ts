import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openAttachmentStore } from '#attachments/store.js';
import { connectBus, type Bus } from '#bus/connection.js';
import { KeptQueues } from '#bus/kept-queues.js';
import { auditQueue, targetQueue } from '#bus/topology.js';
import { createAccept } from '#intake/accept.js';
import { compileAll } from '#oslo/catalogue.js';
import type { Config } from '#runtime/config.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { serveInternal, type Readiness } from '#runtime/internal-http.js';
import { readKeyFile, type KeyRing } from '#runtime/keys.js';
import { leaveMsFrom, watchConnections } from '#runtime/leaving.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import type { Log } from '#runtime/log.js';
import { tellDependencies } from '#runtime/metrics/living.js';
import { createGatewayMetrics, type GatewayMetrics } from '#runtime/metrics.js';
import { openTurns } from '#runtime/turns/open.js';
import type { Directory, DirectoryFollower } from '#tenants/directory.js';
import { answerChannel } from '#trace/question-channels.js';
import { countOnlyWhatIs } from '#tenants/count-only.js';
import { followDirectory, waitingForTenants } from '#tenants/follow.js';
import { createAdmission } from './access/access.js';
import { readIssuers, type Issuer } from './access/issuers.js';
import { createRateLimit } from './access/rate.js';
import { createTokens } from './access/tokens.js';
import { inTurn, waitFor } from './access/turn.js';
import { openAnswers } from './answers/waiting.js';
import { createApplication } from './application.js';

import { openBell } from './bell.js';
import { createBurgerprofielAdmission } from './burgerprofiel/caller.js';
import type { Parts } from './tokens.js';

/** Told on it, with `tenant/postvak`, when a message was laid down. */
const postvakChannel = 'lbbus_postvak';
const statementTimeoutMs = 10_000;
const brokerMs = 2_000;

/** How long bodies may take, from fast to patient; tests are less patient. */
export const usualTimes: Parts['times'] = { messageMs: 30_000, batchMs: 120_000, idleMs: 30_000 };

const keysIn =
  (directory: () => Directory) =>
  (tenant: string): KeyRing => {
    const found = directory().tenants.get(tenant);
    if (!found) throw new Error(`tenant ${tenant} is not known`);
    return found.bodyKeys;
  };

const queuesOf = ({ tenants }: Directory): string[] => [
  auditQueue,
  ...[...tenants.values()].flatMap(({ id, connectors }) =>
    [...connectors.keys()].map((name) => targetQueue(id, name)),
  ),
];

/** A broker that is away, and thousands of queues, each keep the door closed for `brokerMs` at most. */
const keepQueues = async (bus: Bus, follower: DirectoryFollower, log: Log): Promise<() => void> => {
  const queues = new KeptQueues(bus, log);
  const keep = () => queues.keep(queuesOf(follower.current()));
  const first = async (waitMs: number): Promise<void> => {
    await bus.ready(waitMs);
    clearInterval(looking);
    await Promise.race([keep(), pause(brokerMs, undefined, { ref: false })]);
  };
  const looking = setInterval(() => void first(0).catch(() => undefined), brokerMs);
  await first(brokerMs).catch(() => undefined);
  const forget = follower.onChange(() => void keep());
  return () => {
    clearInterval(looking);
    forget();
  };
};

const readinessOf = (bus: Bus, leaving: () => boolean) => (): string | null => {
  if (leaving()) return 'stopping';
  const state = bus.state();
  return state === 'up' ? null : `the broker is ${state}`;
};

/** PostgreSQL away keeps nobody from sending. */
const limitationOf = (database: Database) => (): string | null => {
  const problem = database.problem();
  return problem && `${problem}: statuses, lists and postvakken cannot be read`;
};

interface Opening {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly metrics: GatewayMetrics;
  readonly issuers: readonly Issuer[];
  readonly leaving: () => boolean;
}

const openParts = async ({ config, log, database, metrics, issuers, leaving }: Opening) => {
  const follower = await followDirectory({
    database,
    bodyKek: readKeyFile(config.bodyKeyFile),
    snapshotFile: join(config.stateDir, 'gateway-tenants.json'),
    log,
  });
  const directory = follower.current;
  const bus = connectBus({ url: config.amqpUrl, name: `gateway ${process.pid}`, log });
  const forgetQueues = await keepQueues(bus, follower, log);
  const attachments = openAttachmentStore(config.attachments, keysIn(directory));
  // What interrupted uploads left takes room, but stands in nobody's way.
  await attachments.sweep(directory().tenants.keys()).catch((error: unknown) => {
    log.warn({ err: error }, 'what interrupted uploads left could not be cleared away');
  });
  const { publicUrl } = config;
  const { publish, ensureQueues } = bus;
  const turns = openTurns(metrics);
  const wait = waitFor(turns);
  const count = inTurn(createRateLimit(), wait);
  const forgetRemoved = countOnlyWhatIs(follower, metrics);
  tellDependencies(metrics.dependencies, { bus, database });
  const clientOf = createTokens(issuers);
  const answerBell = openBell(database, answerChannel);
  const parts: Parts = {
    accept: createAccept({
      ...{ directory, publish, ensureQueues, publicUrl, attachments },
      ...{ metrics, log },
    }),
    admit: createAdmission({ directory, clientOf, count }),
    admitBurgerprofiel: createBurgerprofielAdmission({ directory, clientOf, count, log }),
    attachments,
    answers: openAnswers({ database, bell: answerBell, leaving, log }),
    bell: openBell(database, postvakChannel),
    bus,
    count,
    database,
    directory,
    log,
    metrics,
    publicUrl,
    wait,
    readiness: readinessOf(bus, leaving),
    limitation: limitationOf(database),
    leaving,
    times: usualTimes,
  };
  const hangUp = async () => {
    turns.close();
    await Promise.all([parts.bell.close(), answerBell.close()]);
  };
  const close = async () => {
    forgetQueues();
    forgetRemoved();
    await follower.close();
    await bus.close();
    attachments.close();
  };
  return { parts, hangUp, close };
};

/** Starts the gateway: connects, opens the door, and tells where. `times` is for tests. */
export const startGateway = async (
  config: Config,
  log: Log,
  times: Parts['times'] = usualTimes,
): Promise<RunningProcess & { readonly port: number }> => {
  compileAll();
  const leaveMs = leaveMsFrom(process.env);
  const issuers = readIssuers(config.issuersFile);
  let leaving = false;
  const metrics = createGatewayMetrics();
  const database = openDatabase({ url: config.databaseUrl, log, statementTimeoutMs });
  let readiness: Readiness = () => waitingForTenants(database);
  const internal = await serveInternal({
    port: config.internalPort,
    registry: metrics.registry,
    readiness: () => readiness(),
    limitation: limitationOf(database),
  });
  const opening = { config, log, database, metrics, issuers, leaving: () => leaving };
  const { parts, hangUp, close } = await openParts(opening);
  const app = await createApplication({ ...parts, times });
  const connections = watchConnections(app.getHttpServer());
  await app.listen(config.port, process.env['LBBUS_HOST'] ?? '127.0.0.1');
  readiness = parts.readiness;
  const { port } = new URL(await app.getUrl());
  return {
    port: Number(port),
    internalPort: internal.port,
    stop: async () => {
      leaving = true;
      // Who waits at a postvak, or for an answer, is answered now.
      await hangUp();
      await pause(leaveMs);
      const callOff = connections.cutSilent();
      await app.close();
      callOff();
      await close();
      await database.close();
      await internal.close();
    },
  };
};

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LogLevel } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { connectBus } from '#bus/connection.js';
import { BusServer } from '#bus/server.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { serveInternal, type Readiness } from '#runtime/internal-http.js';
import { readKeyFile } from '#runtime/keys.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { tellDependencies } from '#runtime/metrics/living.js';
import { createDeliveryMetrics, type DeliveryMetrics } from '#runtime/metrics.js';
import { openTurns } from '#runtime/turns/open.js';
import { countOnlyWhatIs } from '#tenants/count-only.js';
import { followDirectory, waitingForTenants } from '#tenants/follow.js';
import { openAttachmentStore } from '../attachments/store.js';
import { assemble } from './assemble.js';
import type { Receivers } from './delivery.controller.js';
import { deliver } from './deliver.js';
import { DeliveryModule } from './delivery.module.js';
import { readinessOf } from './health.js';
import { Operation } from './operation.js';
import type { StartOptions } from './options.js';
import { answerQuestion } from './questions/question.js';
import { followQuestions } from './questions/start.js';
import { receive } from './receive.js';
import { showWaiting } from './received.js';
import { receiveHook } from './sources/hook.js';

/** Every statement of delivery is short; one that is not meets a server that is not well. */
const statementTimeoutMs = 10_000;

/** Opens what the process lives on: the broker, PostgreSQL, the tenants, the attachments. */
const openDependencies = async (
  { config, log }: StartOptions,
  { database, metrics }: { database: Database; metrics: DeliveryMetrics },
) => {
  const directory = await followDirectory({
    database,
    bodyKek: readKeyFile(config.bodyKeyFile),
    snapshotFile: join(config.stateDir, 'delivery.tenants'),
    log,
  });
  const bus = connectBus({ url: config.amqpUrl, name: `delivery ${process.pid}`, log });
  const attachments = openAttachmentStore(config.attachments, (tenant) => {
    const found = directory.current().tenants.get(tenant);
    if (!found) throw new Error(`tenant ${tenant} is not in the directory`);
    return found.bodyKeys;
  });
  const turns = openTurns(metrics);
  return { database, directory, bus, attachments, metrics, turns };
};

/** An attempt may take longer than a process has to end. */
const longestDrainMs = 17_000;

/** Brings what the server takes to its receivers, through Nest. */
const serve = async (server: BusServer, receivers: Receivers) => {
  const nest = Object.assign(new NestApplicationContextOptions(), {
    strategy: server,
    logger: ['error', 'warn'] satisfies LogLevel[],
  });
  const app = await NestFactory.createMicroservice(DeliveryModule.with(receivers), nest);
  await app.listen();
  return app;
};

/** Starts delivery; `stop` finishes what is in hand, within 20 s. */
export const startDelivery = async (options: StartOptions): Promise<RunningProcess> => {
  const { config, log, connectors } = options;
  const metrics = createDeliveryMetrics();
  const { registry } = metrics;
  const database = openDatabase({
    ...{ url: config.databaseUrl, log, statementTimeoutMs },
    ...{ poolSize: 20, placeWaitMs: Infinity, byKey: true },
  });
  let readiness: Readiness = () => waitingForTenants(database);
  const internal = await serveInternal({
    port: config.internalPort,
    registry,
    readiness: () => readiness(),
  });
  const dependencies = await openDependencies(options, { database, metrics });
  const { directory, bus, attachments, turns } = dependencies;
  const stopping = new AbortController();
  const leaving = new AbortController();
  const signals = { givingUp: stopping.signal, leaving: leaving.signal };
  const tools = assemble(options, dependencies, signals);
  showWaiting(tools);
  tellDependencies(metrics.dependencies, { bus, database });
  countOnlyWhatIs(directory, metrics);

  const server = new BusServer(bus);
  const receivers: Receivers = {
    target: (delivery) => receive(tools, { bus, take: deliver }, delivery),
    question: (delivery) => receive(tools, { bus, take: answerQuestion }, delivery),
    hook: (delivery) => receiveHook(tools, delivery, stopping.signal),
  };
  const app = await serve(server, receivers);
  const operation = new Operation(tools, { server, bus, directory, connectors });
  operation.start();
  const unfollowQuestions = followQuestions(tools.questions, tools);
  readiness = () => readinessOf(bus.state(), database.problem());
  log.info({ connectors: [...connectors.keys()] }, 'delivers');

  const putDown = async (): Promise<void> => {
    setTimeout(() => stopping.abort(), options.timing.giveUpMs).unref();
    leaving.abort();
    turns.close();
    await Promise.all([app.close(), operation.stop(), unfollowQuestions()]);
    stopping.abort();
    await bus.close();
    await directory.close();
    await database.close();
    attachments.close();
    await internal.close();
  };
  return {
    internalPort: internal.port,
    stop: async () => {
      readiness = () => 'stopping';
      const put = putDown().then(() => true);
      const late = pause(longestDrainMs, false, { ref: false });
      if (!(await Promise.race([put, late])))
        log.warn('a slow system has work in hand still: it comes again, looking first');
    },
  };
};

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus, type Bus } from '#bus/connection.js';
import { timing, type Timing } from '#delivery/timing.js';
import type { Config } from '#runtime/config.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { readKeyFile } from '#runtime/keys.js';
import { createLog } from '#runtime/log.js';
import type { DirectoryFollower } from '#tenants/directory.js';
import { followDirectory } from '#tenants/follow.js';
import { freshVhost, type FreshVhost } from '../broker.js';
import { freshDatabase, type FreshDatabase } from '../database.js';
import { startArchief, type Archief } from './archief.js';
import { configIn, declare } from './declaration.js';

/** As in production, but hurried. */
export const hurried: Timing = {
  ...timing,
  sendDeadlineMs: 2_000,
  marginMs: 500,
  lookMs: 50,
  sweepMs: 300,
  probeMs: 60_000,
  beatMs: 1_000,
  rampMs: 200,
  giveUpMs: 300,
};

/** Silent unless `LBBUS_TEST_LOG_LEVEL` says otherwise. */
export const log = createLog('test', process.env['LBBUS_TEST_LOG_LEVEL'] ?? 'silent');

/** What a world stands on. */
export interface Made {
  readonly folder: string;
  readonly config: Config;
  readonly archief: Archief;
  readonly beside: readonly Archief[];
  readonly fresh: FreshDatabase;
  readonly vhost: FreshVhost;
  readonly bus: Bus;
  readonly database: Database;
  readonly directory: DirectoryFollower;
}

/** How many archives and postvakken are coupled beside the one archive of every test. */
export interface Extent {
  readonly archives: number;
  readonly postvakken: number;
}

/** Makes it: nothing delivers yet. */
export const make = async ({ archives, postvakken }: Extent): Promise<Made> => {
  const folder = await mkdtemp(join(tmpdir(), 'delivery-'));
  const [archief, fresh, vhost] = await Promise.all([
    startArchief(),
    freshDatabase(),
    freshVhost(),
  ]);
  const config = await configIn(folder, { databaseUrl: fresh.url, amqpUrl: vhost.url });
  const beside = await Promise.all(Array.from({ length: archives }, startArchief));
  const addresses = beside.map(({ baseUrl }) => baseUrl);
  const { baseUrl, password } = archief;
  await declare(config, folder, { baseUrl, password, beside: { archives: addresses, postvakken } });
  const database = openDatabase({ url: fresh.url, log });
  const bus = connectBus({ url: vhost.url, name: 'test', log });
  await bus.ready(10_000);
  const directory = await followDirectory({
    database,
    bodyKek: readKeyFile(config.bodyKeyFile),
    snapshotFile: join(folder, 'test.tenants'),
    log,
  });
  return { folder, config, archief, beside, fresh, vhost, bus, database, directory };
};

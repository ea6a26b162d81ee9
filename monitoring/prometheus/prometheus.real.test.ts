import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { rulesIn } from '#infra/testing/known-series.js';
import { badDayOfDelivery, fullQueues, manyRows, manyTenants } from '#infra/testing/many-lines.js';
import { startPrometheus } from '#infra/testing/prometheus-server.js';
import { run } from '#infra/testing/prometheus.js';
import { until } from '#infra/testing/until.js';
import type { Connector } from '#kit/definition.js';
import { discoverConnectors } from '#kit/discover.js';
import { messageTypes } from '#oslo/catalogue.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { serveInternal } from '#runtime/internal-http.js';
import { createLog } from '#runtime/log.js';
import {
  createDeliveryMetrics,
  createGatewayMetrics,
  createMonitoringMetrics,
  type GatewayMetrics,
  type MonitoringMetrics,
} from '#runtime/metrics.js';
import { tellDependencies } from '#runtime/metrics/living.js';
import type { Directory } from '#tenants/directory.js';
import { en } from '../../gateway/problems/texts.en.js';
import { allMetrics } from '../alerts/metric-words.js';
import { refreshGauges } from '../gauges/gauges.js';

const mostSeries = 60_000;
const log = createLog('test', 'silent');
let fresh: FreshDatabase;
let database: Database;
let kinds: ReadonlyMap<string, Connector>;

beforeAll(async () => {
  [fresh, kinds] = await Promise.all([freshDatabase(), discoverConnectors()]);
  database = openDatabase({ url: fresh.url, log });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Codes of calls that bring no message, or of nobody. */
const notOfMessages = ['unauthorized', 'not-found', 'expired', 'bad-query'];

const badDayAtTheDoor = ({ accepted, refused }: GatewayMetrics, { tenants }: Directory): void => {
  for (const tenant of tenants.keys()) {
    for (const type of messageTypes.keys()) accepted.inc({ tenant, type });
    for (const code of Object.keys(en.titles))
      if (!notOfMessages.includes(code)) refused.inc({ tenant, code });
  }
  refused.inc({ tenant: '', code: 'unauthorized' });
};

const node = {
  ...{ name: 'rabbit@one', running: true, mem_used: 1, mem_limit: 2, disk_free: 9 },
  ...{ disk_free_limit: 1, fd_used: 1, fd_total: 2, sockets_used: 1, sockets_total: 2 },
  ...{ proc_used: 1, proc_total: 2 },
};

const badDayOfMonitoring = async (
  metrics: MonitoringMetrics,
  directory: Directory,
): Promise<void> => {
  await manyRows(database, directory);
  const counts = () => Promise.resolve(fullQueues(directory));
  const unserved = { name: 'q.gemeente-1.magda', messages: 1, consumers: 0 };
  const management = {
    queues: () => Promise.resolve([unserved]),
    nodes: () => Promise.resolve([node]),
  };
  await refreshGauges({ database, directory: () => directory, counts, management, metrics, log });
  metrics.databaseRoom.set(1);
  metrics.auditLag.from(() => [[{}, 0]]);
};

/** The three roles, of so many tenants with so many lines each, on a day on which everything happens everywhere. */
const badDay = async (size: { readonly tenants: number; readonly lines: number }) => {
  const directory = manyTenants(size, kinds);
  const gateway = createGatewayMetrics();
  const delivery = createDeliveryMetrics();
  const monitoring = createMonitoringMetrics();
  badDayAtTheDoor(gateway, directory);
  const end = await badDayOfDelivery(delivery, directory, kinds);
  await badDayOfMonitoring(monitoring, directory);
  for (const { waitedTurns, turnsPerSecond } of [gateway, delivery]) {
    for (const tenant of directory.tenants.keys()) waitedTurns.inc({ tenant });
    turnsPerSecond.from(() => [[{}, 10]]);
  }
  for (const { dependencies } of [gateway, delivery, monitoring])
    tellDependencies(dependencies, {
      bus: { state: () => 'up' },
      database: { problem: () => null },
    });
  return { registries: [gateway, delivery, monitoring].map(({ registry }) => registry), end };
};

it('is scraped by Prometheus, as it is shipped, which answers for every metric of the reference page and every recorded one', async () => {
  const { registries, end } = await badDay({ tenants: 2, lines: 12 });
  const served = await Promise.all(
    registries.map((registry) => serveInternal({ port: 0, registry, readiness: () => null })),
  );
  const [gateway = 0, delivery = 0, monitoring = 0] = served.map(({ port }) => port);
  const prometheus = await startPrometheus({
    'lbbus-gateway': gateway,
    'lbbus-delivery': delivery,
    'lbbus-monitoring': monitoring,
  });
  const named = allMetrics()
    .filter(({ name }) => name.startsWith('lbbus_'))
    .map(({ name, type }) => (type === 'histogram' ? `${name}_count` : name));
  const recorded = rulesIn('recording.yml').flatMap(({ record }) => record ?? []);
  // Ratios of what was counted: nothing was since.
  const wanted = [...named, ...recorded.filter((name) => !name.includes(':ratio_'))];
  wanted.push('process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds');
  const missing = async (): Promise<string> => {
    const found = await prometheus.query('count by (__name__) ({__name__=~".+"})');
    const names = new Set(found.map(({ metric }) => metric['__name__']));
    return wanted.filter((name) => !names.has(name)).join();
  };
  let last = '';
  const none = async () => (last = await missing()) === '';
  await until(none, { what: 'every metric', timeoutMs: 60_000 }).catch(() => undefined);
  expect(last).toBe('');
  const lines = await prometheus.query('count(lbbus:queue_messages:max)');
  expect(lines[0]?.value).toBe(24);
  await prometheus.end();
  await Promise.all(served.map((one) => one.close()));
  end();
});

it('stays under 60,000 series for 300 tenants with 12 connectors each, when everything happens everywhere', async () => {
  const { registries, end } = await badDay({ tenants: 300, lines: 12 });
  const seriesOf = (text: string) => text.split('\n').filter((line) => /^[a-z]/.test(line)).length;
  const counted = [];
  for (const registry of registries) counted.push(seriesOf(await registry.metrics()));
  const all = counted.reduce((sum, one) => sum + one, 0);
  if (process.env['LBBUS_TEST_LOG']) process.stderr.write(`${counted.join(' + ')} = ${all}\n`);
  for (const one of counted) expect(one).toBeGreaterThan(10_000);
  expect(all).toBeLessThan(mostSeries);
  end();
});

it('ships a configuration that promtool accepts', async () => {
  const file = 'monitoring/prometheus/prometheus.yml';
  const { code, said } = await run('promtool', 'check', 'config', file);
  expect([code, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
});

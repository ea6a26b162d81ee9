import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { targetQueue } from '#bus/topology.js';
import { createLog } from '#runtime/log.js';
import { createMetrics } from '#runtime/metrics.js';
import { tellStory } from '#infra/testing/watch-story.js';
import { openWatch, type Watch } from '#infra/testing/watch.js';
import { refreshGauges } from './gauges.js';
import { countByBroker, countByManagement, countQueues } from './queue-counts.js';
const queue = targetQueue('aalter', 'topdesk');
const log = createLog('test', 'silent');
let watch: Watch;

beforeAll(async () => {
  watch = await openWatch();
  await tellStory(watch);
  await watch.bus.declareQueue(queue);
  await watch.bus.publish(queue, { body: Buffer.from('x'), headers: {} });
});
afterAll(async () => {
  await watch.end();
});

it('tells Prometheus what lies in the queues, waits and is parked', async () => {
  const metrics = createMetrics({ process: false });
  const directory = await watch.tenancy.directory();
  const counts = countByBroker(watch.bus);
  const options = {
    database: watch.tenancy.database,
    directory: () => directory,
    counts,
    metrics,
    log,
  };
  await refreshGauges(options);
  const text = await metrics.registry.metrics();
  expect(text).toContain('lbbus_queue_messages{tenant="aalter",connector="topdesk"} 1');
  expect(text).toContain('lbbus_queue_messages{tenant="aalter",connector="meldpunt"} 0');
  expect(text).toContain(
    'lbbus_parked_messages{tenant="aalter",connector="topdesk",code="unknown-value"} 2',
  );
  expect(text).toMatch(/lbbus_oldest_waiting_seconds\{tenant="aalter",connector="topdesk"\} \d/);
  await watch.tenancy.database.scoped('*', (trx) => trx.deleteFrom('delivery.waiting').execute());
  await refreshGauges(options);
  expect(await metrics.registry.metrics()).not.toMatch(/lbbus_parked_messages\{/);
});

it('serves them on the internal port', async () => {
  const { status, text } = await watch.ask('/metrics', { port: watch.running.internalPort });
  expect(status).toBe(200);
  expect(text).toContain('# TYPE lbbus_queue_messages gauge');
});

it('counts by the management API, and by the broker where that does not answer', async () => {
  const { managementUrl, url } = watch.vhost;
  expect((await countByManagement(managementUrl, url)([queue])).has(queue)).toBe(true);
  const gone = 'http://lbbus:lbbus@127.0.0.1:9';
  const counts = countQueues({ bus: watch.bus, amqpUrl: url, managementUrl: gone, log });
  expect(await counts([queue, 't.nobody.x'])).toEqual(new Map([[queue, 1]]));
});

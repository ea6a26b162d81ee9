import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { targetQueue } from '#bus/topology.js';
import { newAuthority } from '#infra/testing/certificates.js';
import { tellStory } from '#infra/testing/watch-story.js';
import { openWatch, type Watch } from '#infra/testing/watch.js';
import { createLog } from '#runtime/log.js';
import { createMonitoringMetrics } from '#runtime/metrics.js';
import type { Directory } from '#tenants/directory.js';
import { refreshGauges, type GaugeOptions } from './gauges.js';
import { openManagement, type ManagedNode, type Management } from './management.js';
import { countByBroker, countByManagement, countQueues } from './queue-counts.js';

const queue = targetQueue('aalter', 'topdesk');
const log = createLog('test', 'silent');
let watch: Watch;
let directory: Directory;

beforeAll(async () => {
  watch = await openWatch();
  await tellStory(watch);
  await watch.bus.declareQueue(queue);
  await watch.bus.publish(queue, { body: Buffer.from('x'), headers: {} });
  directory = await watch.tenancy.directory();
});
afterAll(async () => {
  await watch.end();
});

const options = (management: Management | null = null): GaugeOptions => ({
  database: watch.tenancy.database,
  directory: () => directory,
  counts: countByBroker(watch.bus),
  management,
  metrics: createMonitoringMetrics({ process: false }),
  log,
});

const shown = async (showing: GaugeOptions): Promise<string> => {
  await refreshGauges(showing);
  return showing.metrics.registry.metrics();
};

it('tells Prometheus what lies in the queues, waits and is parked, of the lines that there are', async () => {
  const showing = options();
  const text = await shown(showing);
  expect(text).toContain('lbbus_queue_messages{tenant="aalter",connector="topdesk"} 1');
  expect(text).toContain('lbbus_queue_messages{tenant="aalter",connector="meldpunt"} 0');
  expect(text).toMatch(/^lbbus_parked_messages\{.*connector="topdesk",code="unknown-value"\} 2$/m);
  expect(text).toMatch(/lbbus_oldest_waiting_seconds\{tenant="aalter",connector="topdesk"\} \d/);
  expect(text).toMatch(/^lbbus_database_bytes \d{6,}$/m);
  expect(text).toMatch(/^lbbus_audit_queue_messages 0$/m);
  const { tenants } = directory;
  directory = { ...directory, tenants: new Map([...tenants].filter(([id]) => id !== 'aalter')) };
  expect(await shown(showing)).not.toMatch(/^lbbus_.*\{tenant="aalter"/m);
  directory = await watch.tenancy.directory();
});

it('shows two codes of a line, and all others as one, so that the series stay countable', async () => {
  const codes = ['exhausted', 'exhausted', 'conflict', 'too-large', 'invalid'];
  await watch.tenancy.database.scoped('aalter', async (trx) => {
    for (const [index, code] of codes.entries())
      await sql`insert into delivery.waiting (tenant, target, subject, message, state, due_at, code, envelope, body)
        values ('aalter', 'meldpunt', 's', ${`00000000-0000-4000-8000-00000000000${index}`}, 'parked', now(), ${code}, '{}', '')`.execute(
        trx,
      );
  });
  const text = await shown(options());
  const parked = [...text.matchAll(/^lbbus_parked_messages\{.*"meldpunt",code="(.*)"\} (\d)$/gm)];
  expect(parked.map(([, code, count]) => `${code} ${count}`)).toEqual(['exhausted 2', 'other 3']);
});

it('tells when the first secret, certificate and credential of a tenant ends', async () => {
  const { cert } = newAuthority().issue('td.example');
  await watch.tenancy.owner.scoped('aalter', async (trx) => {
    await sql`update tenants.secret set expires_at = '2030-01-02' where name = 'topdesk-password'`.execute(
      trx,
    );
    await sql`update tenants.credential set expires_at = '2030-01-03'`.execute(trx);
    await sql`update tenants.connector set settings = settings || jsonb_build_object('certificate', ${cert}::text) where name = 'topdesk'`.execute(
      trx,
    );
  });
  directory = await watch.tenancy.directory();
  const text = await shown(options());
  const at = (day: string): number => Date.parse(day) / 1_000;
  const ends = (connector: string, kind: string): number =>
    Number(
      new RegExp(
        `^lbbus_expiry_timestamp_seconds\\{tenant="aalter",connector="${connector}",kind="${kind}"\\} (\\d+)$`,
        'm',
      ).exec(text)?.[1],
    );
  expect(ends('topdesk', 'secret')).toBe(at('2030-01-02'));
  expect(ends('', 'credential')).toBe(at('2030-01-03'));
  expect(ends('topdesk', 'certificate')).toBeGreaterThan(Date.now() / 1_000);
});

it('tells from the management API which queues nobody serves and how the nodes are', async () => {
  const { managementUrl, url } = watch.vhost;
  const management = openManagement(managementUrl, url);
  const [node = { name: '', running: false }] = await management.nodes();
  const down: ManagedNode = { name: 'rabbit@gone', running: false };
  const ill: ManagedNode = { ...node, name: 'rabbit@ill', mem_alarm: true, partitions: ['x'] };
  const queues = () =>
    Promise.resolve([
      { name: queue, messages: 4, consumers: 0 },
      { name: 'h.aalter.topdesk', messages: 1, consumers: 0 },
      { name: targetQueue('aalter', 'meldpunt'), messages: 4, consumers: 1 },
    ]);
  const text = await shown(options({ queues, nodes: () => Promise.resolve([node, ill, down]) }));
  expect(text).toContain('lbbus_queue_unattended_messages{tenant="aalter",connector="topdesk"} 5');
  expect(text).not.toMatch(/unattended_messages\{.*meldpunt/);
  expect(text).toContain('lbbus_broker_node_up{node="rabbit@gone"} 0');
  expect(text).toContain(`lbbus_broker_node_up{node="${node.name}"} 1`);
  expect(text).toContain(`lbbus_broker_alarm{node="${node.name}",alarm="disk"} 0`);
  expect(text).toContain(`lbbus_broker_alarm{node="${node.name}",alarm="partition"} 0`);
  expect(text).toContain('lbbus_broker_alarm{node="rabbit@ill",alarm="memory"} 1');
  expect(text).toContain('lbbus_broker_alarm{node="rabbit@ill",alarm="partition"} 1');
  const freeBytes = `lbbus_broker_disk_free_bytes{node="${node.name}"} ${String(node.disk_free)}`;
  expect(text).toContain(freeBytes);
  expect(text).toMatch(/^lbbus_broker_limit\{.*resource="file_descriptors"\} \d+$/m);
});

it('serves them on the internal port', async () => {
  await watch.ask('/admin/v1/tenants', { as: 'a-token-of-nobody' });
  await watch.ask('/admin/v1/tenants', { as: null });
  const { status, text } = await watch.ask('/metrics', { port: watch.running.internalPort });
  expect(status).toBe(200);
  expect(text).toContain('# TYPE lbbus_queue_messages gauge');
  expect(text).toContain('lbbus_dependency_up{dependency="broker"} 1');
  expect(text).toContain('lbbus_sign_in_failures_total 1');
});

it('counts by the management API, and by the broker where that does not answer', async () => {
  const { managementUrl, url } = watch.vhost;
  expect((await countByManagement(openManagement(managementUrl, url))([queue])).has(queue)).toBe(
    true,
  );
  const management = openManagement('http://lbbus:lbbus@127.0.0.1:9', url);
  const counts = countQueues({ bus: watch.bus, management, log });
  expect(await counts([queue, 't.nobody.x'])).toEqual(new Map([[queue, 1]]));
});

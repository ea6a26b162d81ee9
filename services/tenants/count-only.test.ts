import { expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import { createDeliveryMetrics } from '#runtime/metrics.js';
import { countOnlyWhatIs } from './count-only.js';
import type { Directory } from './directory.js';

/** Only as much of a directory as says who there is. */
const directoryOf = (tenants: Record<string, readonly string[]>): Directory =>
  ({
    tenants: new Map(
      Object.entries(tenants).map(([id, names]) => [
        id,
        { connectors: new Map(names.map((name) => [name, {}])) },
      ]),
    ),
  }) as unknown as Directory;

it('forgets what was counted for a tenant or a connector that was removed, and nothing else', async () => {
  const metrics = createDeliveryMetrics({ process: false });
  const listeners: ((now: Directory, before: Directory) => void)[] = [];
  const stop = countOnlyWhatIs(
    { onChange: (listener) => (listeners.push(listener), () => void listeners.pop()) },
    metrics,
  );
  for (const tenant of ['aalter', 'gone', '']) metrics.refused.inc({ tenant, code: 'invalid' });
  metrics.accepted.inc({ tenant: 'gone', type: 'be.lbbus.melding.ingediend.v1' });
  for (const connector of ['topdesk', 'uncoupled'])
    metrics.deliveries.inc({ tenant: 'aalter', connector, outcome: 'delivered' });
  metrics.externalRequests.inc({ tenant: 'gone', connector: 'topdesk', status: 'ok' });
  const now = directoryOf({ aalter: ['topdesk'] });
  for (const listener of listeners) listener(now, now);
  const told = async (): Promise<string[]> =>
    (await metrics.registry.metrics()).split('\n').filter((line) => /^lbbus_\w+\{/.test(line));
  await until(async () => (await told()).length === 3, { what: 'the rest to be forgotten' });
  expect(await told()).toEqual([
    'lbbus_messages_refused_total{tenant="aalter",code="invalid"} 1',
    'lbbus_messages_refused_total{tenant="",code="invalid"} 1',
    'lbbus_deliveries_total{tenant="aalter",connector="topdesk",outcome="delivered"} 1',
  ]);
  stop();
  expect(listeners).toEqual([]);
});

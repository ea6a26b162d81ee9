import { expect, it } from '@jest/globals';
import { createDeliveryMetrics } from '#runtime/metrics.js';
import { Received } from './received.js';
import { countRequest } from './requests.js';

const line = { tenant: 'aalter', target: 'topdesk' };

it('tells since when the oldest message in hand of a line waits, until none is', async () => {
  const received = new Received();
  const ends: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => ends.push(resolve));
  const begun = ['2026-11-22T08:00:00Z', '2026-11-22T08:05:00Z'].map((acceptedAt) =>
    received.during(line, acceptedAt, work),
  );
  const nowMs = Date.parse('2026-11-22T08:06:00Z');
  expect(received.oldestSeconds(nowMs)).toEqual([[line, 360]]);
  ends[0]?.();
  await begun[0];
  expect(received.oldestSeconds(nowMs)).toEqual([[line, 60]]);
  ends[1]?.();
  await begun[1];
  expect(received.oldestSeconds(nowMs)).toEqual([]);
});

it('counts requests by how they ended, whatever the status', async () => {
  const metrics = createDeliveryMetrics({ process: false });
  for (const status of ['200', '204', '302', '404', '429', '500', '503', 'timeout'])
    countRequest(metrics, line, { status });
  const { values } = await metrics.externalRequests.get();
  expect(values.map(({ labels, value }) => [labels.status, value])).toEqual([
    ['ok', 2],
    ['refused', 3],
    ['failed', 2],
    ['none', 1],
  ]);
});

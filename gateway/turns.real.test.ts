import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { batched } from '#infra/testing/bad-input/shape.js';
import { call } from '#infra/testing/caller.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingEvent } from '#infra/testing/melding.js';
import { until } from '#infra/testing/until.js';
import { usualLeast as leastPerSecond } from '#runtime/turns/level.js';

const tenantOf = (id: string, kbo: string): string => `
tenant: ${id}
name: Gemeente ${id}
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/${id}
kbo: "${kbo}"
verwerkingen: [meldingen-openbaar-domein]
connectors: { meldpunt: { connector: postvak } }
routes: [{ when: { type: be.lbbus.melding.ingediend.v1 }, to: [meldpunt] }]
credentials:
  - { name: meldpunt, keys: [{ sha256: "{key:lb_${id}_meldpunt}" }], sources: ["*"], types: ["*"] }
`;

let gateway: TestGateway;
let busy: NodeJS.Timeout;

beforeAll(async () => {
  gateway = await startTestGateway({
    tenants: [tenantOf('aalter', '0207433216'), tenantOf('beringen', '0207469641')].join('---'),
  });
  // This process, and so the gateway in it, always comes late.
  busy = setInterval(() => {
    const until = performance.now() + 20;
    while (performance.now() < until);
  }, 30);
}, 60_000);
afterAll(async () => {
  clearInterval(busy);
  await gateway.end();
});

/** Twice what a tenant that was not there before begins with. */
const many = 8 * leastPerSecond;

/** What the gateway tells of a metric; NaN where it tells nothing. */
const told = async (metric: string): Promise<number> => {
  const text = await (await fetch(`${gateway.internalUrl}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${metric} `));
  return Number(line?.split(' ').at(-1) ?? NaN);
};
const waited = (tenant: string): Promise<number> =>
  told(`lbbus_waited_turns_total{tenant="${tenant}"}`);

const send = async (tenant: string, count: number): Promise<number[]> => {
  const events = Array.from({ length: count }, () => meldingEvent({ id: randomUUID() }));
  const { json } = await call(`${gateway.url}/v1/messages`, {
    key: `lb_${tenant}_meldpunt`,
    headers: batched,
    body: JSON.stringify(events),
  });
  return (json['results'] as { status: number }[]).map(({ status }) => status);
};

it('lets a tenant that floods it wait for its turns while it is busy, and nobody else', async () => {
  const isLow = async (): Promise<boolean> =>
    (await told('lbbus_turns_per_second')) === leastPerSecond;
  await until(isLow, { what: 'the gateway to be busy' });
  await send('beringen', 1);
  const order: string[] = [];
  const flood = send('aalter', many).finally(() => order.push('flood'));
  while (!order.includes('flood')) {
    expect(await send('beringen', 1)).toEqual([202]);
    order.push('quiet');
    if ((await waited('aalter')) > 0) break;
  }
  expect(order[0]).toBe('quiet');
  expect(await waited('aalter')).toBeGreaterThan(0);
  expect(await waited('beringen')).toBeNaN();
  // What is not taken in time is told to come again, and nothing behind it is taken before it.
  const statuses = await flood;
  expect(statuses).toHaveLength(many);
  expect(statuses.lastIndexOf(202)).toBe(statuses.filter((status) => status === 202).length - 1);
  expect(statuses.filter((status) => status !== 202 && status !== 429)).toEqual([]);
});

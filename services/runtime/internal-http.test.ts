import { expect, it } from '@jest/globals';
import { serveInternal } from './internal-http.js';
import { createGatewayMetrics } from './metrics.js';

it('tells live, ready with the reason why not, and the metrics with the fixed names', async () => {
  let problem: string | null = 'the broker is away';
  const metrics = createGatewayMetrics({ process: false });
  metrics.accepted.inc({ tenant: 'aalter', type: 'be.lbbus.melding.ingediend.v1' });
  const http = await serveInternal({
    port: 0,
    registry: metrics.registry,
    readiness: () => problem,
  });
  const get = (path: string) => fetch(`http://127.0.0.1:${http.port}${path}`);
  try {
    expect((await get('/health/live')).status).toBe(200);
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, reason: 'the broker is away' },
    ]);
    problem = null;
    expect((await get('/health/ready')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toContain(
      'lbbus_messages_accepted_total{tenant="aalter",type="be.lbbus.melding.ingediend.v1"} 1',
    );
    expect((await get('/')).status).toBe(404);
  } finally {
    await http.close();
  }
});

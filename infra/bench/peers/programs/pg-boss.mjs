import { setTimeout as pause } from 'node:timers/promises';
import { fastify } from 'fastify';
import PgBoss from 'pg-boss';
import { databaseUrl, endWith, handOver, isDoor, tellReady } from './place.mjs';

// As its documentation advises: several workers that fetch batches, as often as it lets them; what a killed worker held comes
// back when its time is over.
const queue = 'peer.pg-boss';
const workers = 8;
const batchSize = 100;
const pollingIntervalSeconds = 0.5;

const boss = new PgBoss({ connectionString: databaseUrl, maintenanceIntervalSeconds: 5 });
boss.on('error', (error) => console.error(error));
await boss.start();
await boss.createQueue(queue, {
  name: queue,
  policy: 'standard',
  retryLimit: 10,
  expireInSeconds: 15,
});

if (isDoor) {
  const server = fastify({ logger: false });
  server.post('/v1/messages', async (request, reply) => {
    await boss.send(queue, /** @type {object} */ (request.body));
    return reply.code(202).send({});
  });
  const { port } = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
  endWith(() => server.close());
  tellReady(Number(port));
} else {
  for (let worker = 0; worker < workers; worker++) {
    await boss.work(queue, { batchSize, pollingIntervalSeconds }, async (jobs) => {
      await Promise.all(
        jobs.map(({ data }) => handOver(/** @type {import('./place.mjs').Melding} */ (data))),
      );
    });
    await pause((1_000 * pollingIntervalSeconds) / workers);
  }
  endWith(() => boss.stop({ graceful: false }));
  tellReady();
}

import { writeFileSync } from 'node:fs';
import { connect } from 'amqplib';
import { fastify } from 'fastify';
import { auditQueue, queueArguments, targetQueue } from '#bus/topology.js';

// The floor: what any door must do that says 202 only once the broker has the message in two quorum queues. It parses the
// JSON and knows nothing of it.
const { AMQP_URL: amqpUrl = '', LBBUS_READY_FILE: readyFile = '' } = process.env;
const queues = [targetQueue('bench', 'system-1'), auditQueue];
const connection = await connect(amqpUrl);
const channel = await connection.createConfirmChannel();
for (const queue of queues)
  await channel.assertQueue(queue, { durable: true, arguments: queueArguments(queue) });

const confirmed = (queue: string, body: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    channel.publish('', queue, body, { persistent: true }, (error: unknown) =>
      error ? reject(new Error('not confirmed', { cause: error })) : resolve(),
    );
  });

const server = fastify({ logger: false });
server.addContentTypeParser(
  'application/cloudevents+json',
  { parseAs: 'string' },
  (_, body, done) => {
    done(null, JSON.parse(String(body)));
  },
);
server.post('/v1/messages', async (request, reply) => {
  const body = Buffer.from(JSON.stringify(request.body));
  await Promise.all(queues.map((queue) => confirmed(queue, body)));
  return reply.code(202).send({});
});
const { port } = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
writeFileSync(readyFile, JSON.stringify({ port: Number(port) }));
process.once('SIGTERM', () => {
  void server.close().then(() => connection.close());
});

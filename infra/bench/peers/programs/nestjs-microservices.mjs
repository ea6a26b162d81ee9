import { Controller } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxyFactory, Ctx, EventPattern, Payload, Transport } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { lastValueFrom } from 'rxjs';
import { decorateMethod, openDoor } from './nest.mjs';
import { amqpUrl, endWith, handOver, inHand, isDoor, queueOptions, tellReady } from './place.mjs';

// As docs.nestjs.com/microservices/rabbitmq advises: durable queue, persistent messages, acknowledged by hand.
const options = { urls: [amqpUrl], queue: 'peer.microservices', queueOptions, persistent: true };

class Worker {
  /**
   * @param {import('./place.mjs').Melding} melding
   * @param {import('@nestjs/microservices').RmqContext} context
   */
  async take(melding, context) {
    await handOver(melding);
    /** @type {unknown} */
    const channel = context.getChannelRef();
    /** @type {{ ack: (message: object) => void }} */ (channel).ack(context.getMessage());
  }
}
Controller()(Worker);
decorateMethod(Worker.prototype, 'take', [EventPattern('melding')]);
Payload()(Worker.prototype, 'take', 0);
Ctx()(Worker.prototype, 'take', 1);

if (isDoor) {
  const client = ClientProxyFactory.create({ transport: Transport.RMQ, options });
  await client.connect();
  await openDoor(
    {},
    () => (melding) => lastValueFrom(client.emit('melding', melding), { defaultValue: null }),
  );
} else {
  /** @type {import('@nestjs/microservices').MicroserviceOptions} */
  const worker = {
    transport: Transport.RMQ,
    options: { ...options, noAck: false, prefetchCount: inHand },
  };
  const parts = { module: Worker, controllers: [Worker] };
  const app = await NestFactory.create(parts, new FastifyAdapter());
  app.connectMicroservice(worker);
  await app.startAllMicroservices();
  endWith(() => app.close());
  tellReady();
}

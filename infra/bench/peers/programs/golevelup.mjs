import { AmqpConnection, RabbitMQModule, RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
import { Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { decorateMethod, openDoor } from './nest.mjs';
import { amqpUrl, endWith, handOver, inHand, isDoor, queueOptions, tellReady } from './place.mjs';

// As its documentation advises: an exchange of one's own, persistent messages, a prefetch; a handler that returns acknowledges.
const exchange = 'peer.golevelup';
const routingKey = 'ingediend';

class Worker {
  /** @param {import('./place.mjs').Melding} melding */
  async take(melding) {
    await handOver(melding);
  }
}
Injectable()(Worker);
decorateMethod(Worker.prototype, 'take', [
  RabbitSubscribe({ exchange, routingKey, queue: 'peer.golevelup', queueOptions }),
]);

const imports = [
  RabbitMQModule.forRoot({
    uri: amqpUrl,
    exchanges: [{ name: exchange, type: 'direct', options: { durable: true } }],
    prefetchCount: inHand,
    defaultPublishOptions: { persistent: true },
    registerHandlers: !isDoor,
    connectionInitOptions: { wait: true },
  }),
];

if (isDoor)
  await openDoor({ imports }, (app) => {
    const connection = app.get(AmqpConnection);
    return (melding) => connection.publish(exchange, routingKey, melding);
  });
else {
  const app = await NestFactory.createApplicationContext({
    module: Worker,
    imports,
    providers: [Worker],
  });
  endWith(() => app.close());
  tellReady();
}

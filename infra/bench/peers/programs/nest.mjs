import 'reflect-metadata';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { endWith, tellReady } from './place.mjs';

/** @typedef {import('./place.mjs').Melding} Melding */

// There is no compiler between these files and Node: decorators are set by hand.

/**
 * @param {object} prototype
 * @param {string} method
 * @param {readonly MethodDecorator[]} decorators
 */
export const decorateMethod = (prototype, method, decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  if (descriptor) Reflect.decorate([...decorators], prototype, method, descriptor);
};

/**
 * Opens the door: what is posted is published, and the answer says that it is confirmed.
 * @param {import('@nestjs/common').ModuleMetadata} parts
 * @param {(app: import('@nestjs/common').INestApplicationContext) => (melding: Melding) => Promise<unknown>} publisherIn
 */
export const openDoor = async (parts, publisherIn) => {
  /** @type {(melding: Melding) => Promise<unknown>} */
  let publish = () => Promise.reject(new Error('not open yet'));
  class Door {
    /** @param {Melding} melding */
    async take(melding) {
      await publish(melding);
      return {};
    }
  }
  Controller('v1/messages')(Door);
  decorateMethod(Door.prototype, 'take', [Post(), HttpCode(202)]);
  Body()(Door.prototype, 'take', 0);
  const app = await NestFactory.create(
    { module: Door, ...parts, controllers: [Door] },
    new FastifyAdapter(),
  );
  publish = publisherIn(app);
  await app.listen(0, '127.0.0.1');
  endWith(() => app.close());
  tellReady(Number(new URL(await app.getUrl()).port));
};

import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastify } from 'fastify';
import type Provider from 'oidc-provider';
import { answerChoice } from './choose-person.js';
import { identityPath } from './identity-paths.js';
import { answerFromOutside, type OutsideWorld } from './outside-world.js';
import { ProeftuinModule } from './proeftuin.module.js';

const options = Object.assign(new NestApplicationContextOptions(), {
  logger: false as const,
  abortOnError: false,
});

type Mounted = IncomingMessage & { originalUrl?: string };

/** The identity provider makes its own addresses from what its path was cut from. */
const mount = (listener: RequestListener) => {
  return (incoming: Mounted, outgoing: ServerResponse): boolean => {
    const url = incoming.url ?? '/';
    if (!url.startsWith(`${identityPath}/`)) return false;
    incoming.originalUrl = url;
    incoming.url = url.slice(identityPath.length);
    listener(incoming, outgoing);
    return true;
  };
};

/** The proeftuin as a Nest application; simulators and identity provider get their requests untouched. */
export const createApplication = async (
  world: OutsideWorld,
  identity: Provider,
): Promise<NestFastifyApplication> => {
  const callback = identity.callback();
  const signIn = mount((incoming, outgoing) => void callback(incoming, outgoing));
  const server = fastify({
    logger: false,
    forceCloseConnections: true,
    serverFactory: (handler) =>
      createServer((incoming, outgoing) => {
        if (signIn(incoming, outgoing)) return;
        if (answerChoice(identity, incoming, outgoing)) return;
        if (answerFromOutside(world, incoming, outgoing)) return;
        handler(incoming, outgoing);
      }),
  });
  return NestFactory.create<NestFastifyApplication>(
    ProeftuinModule.of(world),
    new FastifyAdapter(server),
    options,
  );
};

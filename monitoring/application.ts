import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Logger, ValidationPipe, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { fastify } from 'fastify';
import type { BusServer } from '#bus/server.js';
import type { Log } from '#runtime/log.js';
import { MonitoringModule } from './monitoring.module.js';
import type { Parts } from './parts.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { requestWrong } from './problems/request-wrong.js';

const requestTimeoutMs = 30_000;
/** A whole message may be given as the correction of one. */
const bodyLimitBytes = 1_100_000;

/** On every answer: nothing is guessed, framed, kept or sent along. */
const headers = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const newServer = () => {
  const server = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    requestTimeout: requestTimeoutMs,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
  });
  server.addHook('onRequest', async (_request, reply) => {
    await Promise.resolve();
    reply.headers(headers);
  });
  return server;
};

/** What Nest has to say, in the log of the process; its chatter at start is left out. */
const nestLog = (log: Log): LoggerService => ({
  log: () => undefined,
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) =>
    message instanceof Error ? log.error({ err: message }, 'Nest') : log.error(String(message)),
  fatal: (message: unknown) => log.fatal(String(message)),
});

/** Monitoring as a Nest application: HTTP on Fastify and the audit queue on the bus, neither listening yet. */
export const createApplication = async (
  parts: Parts,
  server: BusServer,
): Promise<NestFastifyApplication> => {
  Logger.overrideLogger(nestLog(parts.log));
  const app = await NestFactory.create<NestFastifyApplication>(
    MonitoringModule.of(parts),
    new FastifyAdapter(newServer()),
  );
  app.useGlobalPipes(
    new ValidationPipe({
      ...{ transform: true, whitelist: true, forbidNonWhitelisted: true },
      // Nothing of them is told: by the class is found what its rules were given, by the value whether there is one.
      validationError: { target: true, value: true },
      exceptionFactory: requestWrong,
    }),
  );
  app.useGlobalFilters(new ProblemFilter(parts));
  app.connectMicroservice({ strategy: server });
  const description = new DocumentBuilder()
    .setTitle('LB-bus, operators')
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('admin', app, () => SwaggerModule.createDocument(app, description), {
    useGlobalPrefix: false,
    jsonDocumentUrl: 'admin/v1/openapi.json',
    ui: false,
    raw: ['json'],
  });
  return app;
};

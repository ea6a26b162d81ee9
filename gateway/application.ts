import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastify, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { Refusal } from '#intake/refusal.js';
import { GatewayModule } from './app.module.js';
import { methodsOf } from './documents/openapi.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { answerProtocolError } from './problems/protocol.js';
import { logRequest } from './request-log.js';
import { securityHeaders, transportHeaders } from './security.js';
import type { Parts } from './tokens.js';
import type { Access } from './access/access.js';

const headersTimeoutMs = 15_000;
/** An attachment of 100 MiB over 1.5 Mbit/s. */
const requestTimeoutMs = 600_000;
const longestParameter = 512;

const options = Object.assign(new NestApplicationContextOptions(), {
  bodyParser: false,
  logger: false as const,
  abortOnError: false,
});

/** Node would refuse these without a body of ours. */
const requireHost = ({ raw }: FastifyRequest): void => {
  if (raw.httpVersion === '1.1' && raw.headers.host === undefined)
    throw new Refusal('bad-query', 400, { params: { variant: 'http' } });
};

/** Null at doors that are open to everybody. */
const admitted = async (parts: Parts, request: FastifyRequest): Promise<Access | null> => {
  const { authorization } = request.headers;
  const { open, burgerprofiel } = request.routeOptions.config;
  if (request.is404 || open === true) return null;
  if (burgerprofiel === undefined) return parts.admit(authorization);
  const { tenant } = request.params as { readonly tenant: string };
  return parts.admitBurgerprofiel(authorization, tenant, burgerprofiel);
};

const newServer = (parts: Parts, filter: ProblemFilter) => {
  const frameworkErrors = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    filter.answer(error, request, reply.headers(securityHeaders));
  };
  return fastify({
    logger: false,
    trustProxy: false,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: longestParameter },
    http: { headersTimeout: headersTimeoutMs, requireHostHeader: false },
    clientErrorHandler: answerProtocolError(parts.log),
    frameworkErrors,
  });
};

/** The HTTP door as a Nest application on Fastify, not listening yet. */
export const createApplication = async (parts: Parts): Promise<NestFastifyApplication> => {
  const filter = new ProblemFilter({ ...parts, methodsOf });
  const server = newServer(parts, filter);
  const headers = { ...securityHeaders, ...transportHeaders(parts.publicUrl) };
  server.decorateRequest('access', null);
  server.removeAllContentTypeParsers();
  // Doors read the bytes themselves, within their own limits.
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...headers, 'x-request-id': request.id });
    requireHost(request);
    request.access = await admitted(parts, request);
  });
  server.addHook('onSend', async (_request, reply) => {
    // Who keeps the line would meet a closed one; the next request goes to another gateway.
    if (parts.leaving()) reply.header('connection', 'close');
    await Promise.resolve();
  });
  server.addHook('onResponse', logRequest(parts.log));
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.of(parts),
    new FastifyAdapter(server),
    options,
  );
  app.useGlobalFilters(filter);
  await app.init();
  return app;
};

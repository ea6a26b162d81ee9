import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrokerUnavailable } from '#bus/failures.js';
import { Refusal } from '#intake/refusal.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Log } from '#runtime/log.js';
import type { GatewayMetrics } from '#runtime/metrics.js';
import { readerOf } from '../request.js';
import { problemHeaders, problemOf } from './problem.js';
import { refusalOf, refusalOfStatus } from './refusal-of.js';

export interface ProblemParts {
  readonly log: Log;
  readonly metrics: Pick<GatewayMetrics, 'refused'>;
  /** Methods that the path answers to, where there is such a path. */
  readonly methodsOf: (path: string) => readonly string[];
}

/** Dependencies that are away are told once each, not once per request; why a message was not accepted, by `accept`. */
const isTold = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable ||
  error instanceof BrokerUnavailable ||
  (error instanceof Refusal && error.code === 'broker-unavailable');

/** Doors through which messages enter. */
const entries = ['/v1/messages', '/mbp/:tenant/v1/melding'];

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

/** Tells every refusal and every error as a problem; the one place where a caller is told that something went wrong. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #parts: ProblemParts;

  constructor(parts: ProblemParts) {
    this.#parts = parts;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest(), http.getResponse());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const told = refusalOf(error);
    const unrouted = request.is404 && told.status === 404;
    const methods = unrouted ? this.#parts.methodsOf(pathOf(request)) : [];
    const refusal = methods.length > 0 ? refusalOfStatus(405) : told;
    this.#record(error, refusal, request);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const reader = readerOf(request);
    void reply
      .status(refusal.status)
      .headers(problemHeaders(refusal, reader.language))
      .headers(methods.length > 0 ? { allow: methods.join(', ') } : {})
      .send(JSON.stringify(problemOf(refusal, reader)));
  }

  #record(error: unknown, refusal: Refusal, request: FastifyRequest): void {
    const { log, metrics } = this.#parts;
    const { requestId } = readerOf(request);
    if (refusal.status >= 500 && !isTold(error))
      log.error({ err: error, requestId, code: refusal.code }, 'a request could not be served');
    if (request.method === 'POST' && entries.includes(request.routeOptions.url ?? ''))
      metrics.refused.inc({ tenant: request.access?.tenant.id ?? '', code: refusal.code });
  }
}

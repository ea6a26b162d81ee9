import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '#runtime/log.js';

/** One line per request. The route stands for the path, as paths hold ids and hook tokens; no query, no address. */
export const logRequest =
  (log: Log) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { method, access, id } = request;
    log.info(
      {
        requestId: id,
        method,
        route: request.is404 ? null : request.routeOptions.url,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
        tenant: access?.tenant.id,
        credential: access?.credential.name,
      },
      'request',
    );
    return Promise.resolve();
  };

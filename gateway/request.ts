import type { FastifyRequest } from 'fastify';
import { Refusal } from '#intake/refusal.js';
import type { Access } from './access/access.js';
import type { Interface } from './burgerprofiel/caller.js';
import { languageOf } from '#intake/language.js';
import type { Reader } from './problems/problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the admission hook; null at doors that are open to everybody. */
    access: Access | null;
  }
  interface FastifyContextConfig {
    /** Served without a credential. */
    readonly open?: boolean;
    /** Served to Mijn Burgerprofiel, on behalf of the `:tenant` in the path. */
    readonly burgerprofiel?: Interface;
  }
}

/** On whose behalf the request is; throws 401 at an open door. */
export const accessOf = (request: FastifyRequest): Access => {
  if (!request.access) throw new Refusal('unauthorized', 401, { params: { variant: 'missing' } });
  return request.access;
};

/** In which language, and under which number, to speak of the request. */
export const readerOf = (request: FastifyRequest): Reader => ({
  language: languageOf(request.headers['accept-language']),
  requestId: request.id,
});

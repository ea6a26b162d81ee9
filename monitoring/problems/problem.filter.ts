import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from '#intake/language.js';
import type { Locale } from '#oslo/catalogue.js';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Parts } from '../parts.js';
import { ProblemError, problemOf, type Problem, type ProblemCode } from './problem.js';
import { tell } from './tell.js';

/** After what an operator may try again while a dependency is away. */
const retryAfterSeconds = 5;

/** The headers that belong to a problem besides those of every answer. */
const headersOf = ({ code }: Problem, language: Locale): Record<string, string> => ({
  'content-type': 'application/problem+json; charset=utf-8',
  'content-language': language,
  vary: 'accept-language',
  ...(code === 'unauthorized' && { 'www-authenticate': 'Bearer realm="lb-bus"' }),
  ...(code === 'unavailable' && { 'retry-after': String(retryAfterSeconds) }),
});

const codeOfStatus = (status: number): ProblemCode => {
  if (status === 404 || status === 405) return 'not-found';
  return status < 500 ? 'bad-request' : 'internal';
};

/** A status that framework or parser gave by itself; one of ours that is not there is a place where nothing is. */
const refusedBy = (status: number, path: string): ProblemError => {
  const code = codeOfStatus(status);
  if (code === 'internal') return new ProblemError(code, tell('internal'));
  return new ProblemError(
    code,
    code === 'not-found' ? tell('nothing-at', { path }) : tell('unreadable'),
  );
};

const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  return typeof status === 'number' ? status : 500;
};

const problemErrorOf = (error: unknown, { url }: FastifyRequest): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof DatabaseUnavailable) {
    const why = tell(`database.${error.reason}`);
    return new ProblemError('unavailable', tell('database-away', { why, code: error.code }));
  }
  return refusedBy(statusOf(error), url.split('?')[0] ?? '');
};

/** Tells every refusal and every error as a problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #parts: Pick<Parts, 'log' | 'metrics'>;

  constructor(parts: Pick<Parts, 'log' | 'metrics'>) {
    this.#parts = parts;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const language = languageOf(request.headers['accept-language']);
    const told = problemErrorOf(error, request);
    const problem = problemOf(told, { language, requestId: request.id });
    if (problem.code === 'internal')
      this.#parts.log.error({ err: error, requestId: request.id }, 'a request could not be served');
    // Who sends no credentials has not tried.
    if (problem.code === 'unauthorized' && request.headers.authorization !== undefined)
      this.#parts.metrics.signInFailures.inc();
    void reply
      .status(problem.status)
      .headers(headersOf(problem, language))
      .send(JSON.stringify(problem));
  }
}

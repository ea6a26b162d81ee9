import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Parts } from '../parts.js';
import { ProblemError, problemOf, type Problem, type ProblemCode } from './problem.js';

/** After what an operator may try again while a dependency is away. */
const retryAfterSeconds = 5;

/** The headers that belong to a problem besides those of every answer. */
const headersOf = ({ code }: Problem): Record<string, string> => ({
  'content-type': 'application/problem+json; charset=utf-8',
  ...(code === 'unauthorized' && { 'www-authenticate': 'Bearer realm="lb-bus"' }),
  ...(code === 'unavailable' && { 'retry-after': String(retryAfterSeconds) }),
});

const patience =
  'Try again later; nothing is lost meanwhile, as what happens waits in the broker until it can be stored';

const codeOfStatus = (status: number): ProblemCode => {
  if (status === 404 || status === 405) return 'not-found';
  return status < 500 ? 'bad-request' : 'internal';
};

/** Words of a refusal by Nest: what its validation found, else its own. */
const wordsOf = (error: HttpException): string => {
  const answer = error.getResponse();
  const words: unknown = typeof answer === 'object' ? Reflect.get(answer, 'message') : answer;
  return Array.isArray(words) ? words.join('; ') : String(words);
};

const problemErrorOf = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException)
    return new ProblemError(codeOfStatus(error.getStatus()), wordsOf(error));
  if (error instanceof DatabaseUnavailable)
    return new ProblemError('unavailable', `${error.message}. ${patience}`);
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  if (typeof status === 'number' && status < 500)
    return new ProblemError(codeOfStatus(status), 'The request could not be read');
  return new ProblemError('internal', 'The log says more, under the id of this answer');
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
    const problem = problemOf(problemErrorOf(error), request.id);
    if (problem.code === 'internal')
      this.#parts.log.error({ err: error, requestId: request.id }, 'a request could not be served');
    // Who sends no credentials has not tried.
    if (problem.code === 'unauthorized' && request.headers.authorization !== undefined)
      this.#parts.metrics.signInFailures.inc();
    void reply.status(problem.status).headers(headersOf(problem)).send(JSON.stringify(problem));
  }
}

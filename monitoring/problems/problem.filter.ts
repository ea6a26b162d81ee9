import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '#runtime/log.js';
import { ProblemError, problemOf, type ProblemCode } from './problem.js';

/** SQLSTATE classes and network codes of a PostgreSQL that cannot answer now. */
const away = /^(?:08|53|57|58|E(?:CONN|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|NOTFOUND))/;
const awayTexts = /timeout exceeded when trying to connect|Connection terminated/;

const isAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'code');
  return (typeof code === 'string' && away.test(code)) || awayTexts.test(error.message);
};

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
  if (isAway(error)) return new ProblemError('unavailable', 'PostgreSQL does not answer');
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  if (typeof status === 'number' && status < 500)
    return new ProblemError(codeOfStatus(status), 'The request could not be read');
  return new ProblemError('internal', 'The log says more, under the id of this answer');
};

/** Tells every refusal and every error as a problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(problemErrorOf(error), request.id);
    if (problem.code === 'internal')
      this.#log.error({ err: error, requestId: request.id }, 'a request could not be served');
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .headers(problem.status === 401 ? { 'www-authenticate': 'Bearer realm="lb-bus"' } : {})
      .send(JSON.stringify(problem));
  }
}

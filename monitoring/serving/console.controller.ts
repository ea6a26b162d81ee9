import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { readConsole, type ConsoleFile } from './files.js';

/** Nothing runs but what we built; React sets styles by script, which this leaves alone. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** These are no pages: what is not there is not there. */
const apart = /^\/(admin|assets|sign-in|v1)(\/|$)/;

const takesGzip = ({ headers }: FastifyRequest): boolean =>
  /\bgzip\b/.test(headers['accept-encoding'] ?? '');

const year = 365 * 24 * 3_600;

/** Gives browsers the console: every address that is no file is a page of it. Comes after all other controllers. */
@ApiExcludeController()
@Controller()
export class ConsoleController {
  #files: ReadonlyMap<string, ConsoleFile> | null = null;

  @Get(['/', '*'])
  async file(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = this.#fileAt(request.url.split('?')[0] ?? '/');
    reply.headers({
      'content-type': file.type,
      'content-security-policy': policy,
      'cache-control': file.forEver ? `public, max-age=${year}, immutable` : 'no-cache',
      etag: file.etag,
      vary: 'accept-encoding',
    });
    if (request.headers['if-none-match'] === file.etag) await reply.status(304).send();
    else if (!file.gzipped || !takesGzip(request)) await reply.send(file.bytes);
    else await reply.header('content-encoding', 'gzip').send(file.gzipped);
  }

  #fileAt(path: string): ConsoleFile {
    this.#files ??= readConsole();
    const file =
      this.#files.get(path) ?? (apart.test(path) ? null : this.#files.get('/index.html'));
    if (file) return file;
    if (apart.test(path)) throw new ProblemError('not-found', tell('nothing-at', { path }));
    throw new ProblemError('not-configured', tell('console-unbuilt'));
  }
}

import { Controller, Get, Inject, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { healthBody } from '#runtime/internal-http.js';
import { send } from '../answer.js';
import { PARTS, type Parts } from '../tokens.js';

const headers = { 'content-type': 'application/json; charset=utf-8' };

@Controller('health')
export class HealthController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @Get('live')
  @RouteConfig({ open: true })
  live(@Res() reply: FastifyReply) {
    return send(reply, { status: 200, headers, body: healthBody(null) });
  }

  @Get('ready')
  @RouteConfig({ open: true })
  ready(@Res() reply: FastifyReply) {
    const problem = this.#parts.readiness();
    return send(reply, {
      status: problem === null ? 200 : 503,
      headers,
      body: healthBody(problem, this.#parts.limitation()),
    });
  }
}

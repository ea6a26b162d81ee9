import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { send } from '../answer.js';
import type { Query } from '../messages/query.js';
import { accessOf } from '../request.js';
import { PARTS, type Parts } from '../tokens.js';
import { pull } from './postvak.js';
import { ack, nack } from './settle.js';

@Controller('v1/postvak/:name')
export class PostvakController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @Get('messages')
  pull(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { raw, query } = request;
    const wish = { access: accessOf(request), name, query: query as Query, request: raw };
    return send(reply, pull(this.#parts, wish));
  }

  @Post('ack')
  ack(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const settlement = { access: accessOf(request), name, request: request.raw };
    return send(reply, ack(this.#parts, settlement));
  }

  @Post('nack')
  nack(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const settlement = { access: accessOf(request), name, request: request.raw };
    return send(reply, nack(this.#parts, settlement));
  }
}

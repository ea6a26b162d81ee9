import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cloudEvent, json, send } from '../answer.js';
import { accessOf, readerOf } from '../request.js';
import { PARTS, type Parts } from '../tokens.js';
import { listMessages } from './list.js';
import { postMessages } from './post.js';
import type { Query } from './query.js';
import { readAnswer, readStatus } from './read.js';

@Controller('v1/messages')
export class MessagesController {
  readonly #parts: Parts;
  readonly #post: ReturnType<typeof postMessages>;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
    this.#post = postMessages(parts);
  }

  @Post()
  post(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const caller = { ...readerOf(request), access: accessOf(request) };
    return send(reply, this.#post(request.raw, caller));
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { tenant } = accessOf(request);
    const page = await listMessages(this.#parts.database, tenant, request.query as Query);
    return send(reply, json(200, page));
  }

  @Get(':id')
  async status(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const status = await readStatus(this.#parts.database, accessOf(request).tenant, id);
    return send(reply, json(200, status));
  }

  @Get(':id/answer')
  async answer(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const body = await readAnswer(this.#parts.database, accessOf(request), id);
    return send(reply, { status: 200, headers: cloudEvent, body });
  }
}

import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { send } from '../answer.js';
import { accessOf } from '../request.js';
import { PARTS, type Parts } from '../tokens.js';
import { getAttachment, putAttachment } from './attachments.js';

@Controller('v1/attachments')
export class AttachmentsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @Post()
  put(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { attachments, times } = this.#parts;
    const { tenant } = accessOf(request);
    return send(reply, putAttachment(attachments, tenant, request.raw, times.idleMs));
  }

  @Get(':id')
  get(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return send(reply, getAttachment(this.#parts.attachments, accessOf(request).tenant, id));
  }
}

import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { send } from '../answer.js';
import { maxMessageBytes } from '../messages/events.js';
import { PARTS, type Parts } from '../tokens.js';
import { receiveHook } from './hooks.js';

@Controller('v1/hooks')
export class HooksController {
  readonly #receive: ReturnType<typeof receiveHook>;

  constructor(@Inject(PARTS) parts: Parts) {
    const limits = { maxBytes: maxMessageBytes, timeoutMs: parts.times.messageMs };
    this.#receive = receiveHook({ ...parts, limits });
  }

  @Post(':token')
  @RouteConfig({ open: true })
  receive(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return send(reply, this.#receive(token, request.raw));
  }
}

import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { json, send } from '../answer.js';
import { accessOf, readerOf } from '../request.js';
import { PARTS, type Parts } from '../tokens.js';
import { configurationOf } from './configuration.js';
import { readProgress } from './progress.js';
import { meldingenOf, submitMelding } from './submit.js';

@Controller('mbp/:tenant/v1/melding')
export class MeldingenController {
  readonly #parts: Parts;
  readonly #submit: ReturnType<typeof submitMelding>;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
    this.#submit = submitMelding(parts);
  }

  @Get('configuration')
  @RouteConfig({ burgerprofiel: 'meldingen' })
  configuration(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { language } = readerOf(request);
    const configuration = configurationOf(meldingenOf(accessOf(request)), language);
    const headers = { 'content-language': language, vary: 'accept-language' };
    return send(reply, json(200, configuration, headers));
  }

  @Post()
  @RouteConfig({ burgerprofiel: 'meldingen' })
  submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return send(reply, this.#submit(request.raw, accessOf(request)));
  }

  @Get(':id')
  @RouteConfig({ burgerprofiel: 'meldingen' })
  async progress(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const progress = await readProgress(this.#parts.database, accessOf(request), id);
    return send(reply, json(200, progress));
  }
}

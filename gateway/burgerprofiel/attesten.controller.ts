import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { send } from '../answer.js';
import type { Query } from '../messages/query.js';
import { accessOf } from '../request.js';
import { PARTS, type Parts } from '../tokens.js';
import { listCertificates } from './certificates.js';

@Controller('mbp/:tenant/v1/certificates')
export class AttestenController {
  readonly #list: ReturnType<typeof listCertificates>;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#list = listCertificates(parts);
  }

  @Get(':ssn')
  @RouteConfig({ burgerprofiel: 'attesten' })
  list(@Param('ssn') insz: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const wished = { insz, query: request.query as Query };
    return send(reply, this.#list(request.raw, accessOf(request), wished));
  }
}

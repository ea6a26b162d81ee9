import { Controller, Get, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { send } from '../answer.js';
import type { Query } from '../messages/query.js';
import { accessOf } from '../request.js';
import { listForms } from './forms.js';

@Controller('mbp/:tenant/api/v1/forms')
export class FormsController {
  @Get()
  @RouteConfig({ burgerprofiel: 'forms' })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return send(reply, listForms(accessOf(request), request.query as Query));
  }
}

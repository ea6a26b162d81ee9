import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { send } from '../answer.js';
import { publicAnswer } from '../language/language.js';
import { PARTS, type Parts } from '../tokens.js';
import { asyncApi } from './asyncapi.js';
import { docsFile, docsPage } from './docs.js';
import { openApi } from './openapi.js';

const json = 'application/json; charset=utf-8';

@Controller()
export class DocumentsController {
  readonly #openApi: string;
  readonly #asyncApi: string;

  constructor(@Inject(PARTS) { publicUrl }: Parts) {
    this.#openApi = JSON.stringify(openApi(publicUrl), null, 2);
    this.#asyncApi = JSON.stringify(asyncApi(publicUrl), null, 2);
  }

  @Get('v1/openapi.json')
  @RouteConfig({ open: true })
  openApi(@Headers('if-none-match') tag: string | undefined, @Res() reply: FastifyReply) {
    return send(reply, publicAnswer(this.#openApi, json, tag));
  }

  @Get('v1/asyncapi.json')
  @RouteConfig({ open: true })
  asyncApi(@Headers('if-none-match') tag: string | undefined, @Res() reply: FastifyReply) {
    return send(reply, publicAnswer(this.#asyncApi, json, tag));
  }

  @Get('docs')
  @RouteConfig({ open: true })
  docs(@Headers('if-none-match') tag: string | undefined, @Res() reply: FastifyReply) {
    return send(reply, docsPage(tag));
  }

  @Get('docs/:file')
  @RouteConfig({ open: true })
  docsFile(
    @Param('file') file: string,
    @Headers('if-none-match') tag: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    return send(reply, docsFile(file, tag));
  }
}

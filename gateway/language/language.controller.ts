import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { send } from '../answer.js';
import { language, publicAnswer, type Document } from './language.js';

const open = { open: true };

@Controller('v1')
export class LanguageController {
  @Get('types')
  @RouteConfig(open)
  types(@Headers('if-none-match') tag: string | undefined, @Res() reply: FastifyReply) {
    return this.#give(language.types(), tag, reply);
  }

  @Get('types/:type')
  @RouteConfig(open)
  type(
    @Param('type') type: string,
    @Headers('if-none-match') tag: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    return this.#give(language.type(type), tag, reply);
  }

  @Get('types/:type/schema')
  @RouteConfig(open)
  schema(
    @Param('type') type: string,
    @Headers('if-none-match') tag: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    return this.#give(language.schema(type), tag, reply);
  }

  @Get('types/:type/shapes')
  @RouteConfig(open)
  shapes(
    @Param('type') type: string,
    @Headers('if-none-match') tag: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    return this.#give(language.shapes(type), tag, reply);
  }

  @Get('types/:type/examples')
  @RouteConfig(open)
  examples(
    @Param('type') type: string,
    @Headers('if-none-match') tag: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    return this.#give(language.examples(type), tag, reply);
  }

  @Get('contexts/:name/v1.jsonld')
  @RouteConfig(open)
  context(
    @Param('name') name: string,
    @Headers('if-none-match') tag: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    return this.#give(language.context(name), tag, reply);
  }

  @Get('codelists/:name')
  @RouteConfig(open)
  codelist(
    @Param('name') name: string,
    @Headers('if-none-match') tag: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    return this.#give(language.codelist(name), tag, reply);
  }

  #give([body, contentType]: Document, tag: string | undefined, reply: FastifyReply) {
    return send(reply, publicAnswer(body, contentType, tag));
  }
}

import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { messageTypes, type MessageType } from '#oslo/catalogue.js';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { readBody, uncoverFields } from './body.js';
import { MessageParams, ReasonDto, UncoverDto } from './message.dto.js';
import { ListDto, SearchDto } from './search.dto.js';
import { searchMessages, type SearchIn } from './search.js';
import { readTrace } from './trace.js';

/** A type of message and its name in each language. */
export type NamedType = Pick<MessageType, 'type' | 'title'>;

/** Messages: found, followed, opened. */
@ApiTags('messages')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/messages')
export class MessagesController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Messages of every tenant that is reached, newest first' })
  @Get()
  list(@Query() wish: ListDto, @Who() person: Person) {
    return searchMessages(this.#within(person), wish);
  }

  @ApiOperation({ summary: 'The types of message that there are, with what they are called' })
  @Get('types')
  types(): { readonly types: readonly NamedType[] } {
    return { types: [...messageTypes.values()].map(({ type, title }) => ({ type, title })) };
  }

  @ApiOperation({ summary: 'Finds messages by an id of any kind, beside what a list is cut to' })
  @HttpCode(200)
  @Post('searches')
  search(@Body() wish: SearchDto, @Who() person: Person) {
    return searchMessages(this.#within(person), wish);
  }

  @ApiOperation({ summary: 'One message with every step at every target' })
  @Get(':tenant/:id')
  async trace(@Param() { tenant, id }: MessageParams, @Who() { tenants }: Person) {
    const { database, directory, sandbox, configuring } = this.#parts;
    const connectors = await configuring.connectors();
    const from = { database, directory: directory(), sandbox, connectors };
    return readTrace(from, { tenant, id, reach: tenants });
  }

  @ApiOperation({
    summary: 'Reads the body of a message, what is of persons masked; that it was read is recorded',
  })
  @HttpCode(200)
  @May('read-body')
  @Post(':tenant/:id/readings')
  read(
    @Param() { tenant, id }: MessageParams,
    @Body() { reason }: ReasonDto,
    @Who() person: Person,
  ) {
    return readBody(this.#parts, { person, tenant, id, reason });
  }

  @ApiOperation({ summary: 'Uncovers masked fields of a body; each is recorded' })
  @HttpCode(200)
  @May('read-body')
  @Post(':tenant/:id/readings/fields')
  uncover(
    @Param() { tenant, id }: MessageParams,
    @Body() { reason, pointers }: UncoverDto,
    @Who() person: Person,
  ) {
    return uncoverFields(this.#parts, { person, tenant, id, reason, pointers });
  }

  #within({ tenants }: Person): SearchIn {
    const { database, directory } = this.#parts;
    return { database, directory: directory(), reach: tenants };
  }
}

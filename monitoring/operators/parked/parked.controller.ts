import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { PersonGuard, Who } from '../../people/person.guard.js';
import type { Person } from '../../people/person.js';
import { readGroups } from './groups.js';
import { cut } from './matching.js';
import { searchParked } from './messages.js';
import { ParkedMessagesDto, SelectionDto } from './selection.dto.js';

/** What is parked, and why. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/parked')
export class ParkedController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Parked messages by group of cause, over all tenants or narrowed' })
  @Get()
  async groups(@Query() selection: SelectionDto, @Who() person: Person) {
    const { database } = this.#parts;
    return { groups: await readGroups(database, cut(selection, person.tenants)) };
  }

  @ApiOperation({ summary: 'Parked messages one by one, newest first' })
  @Get('messages')
  messages(@Query() wish: ParkedMessagesDto, @Who() person: Person) {
    const { message, cursor, limit } = wish;
    return searchParked(this.#parts.database, {
      ...cut(wish, person.tenants),
      ...{ limit, ...(cursor !== undefined && { cursor }) },
      ...(message !== undefined && { messages: [message] }),
    });
  }
}

import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { readBody } from './body.js';
import { HoldParams } from './hold.dto.js';
import { readHolds, releaseHold } from './holds.js';
import { MessageParams, ReasonDto, SearchDto } from './message.dto.js';
import { readOverview } from './overview.js';
import { searchMessages } from './search.js';
import { setHold } from './set-hold.js';
import { readTrace } from './trace.js';

/** What operators see and do, as far as it goes today. Every act is recorded with name and reason. */
@ApiTags('operators')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1')
export class OperatorsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Tenants with their connector instances and what stands there' })
  @Get('tenants')
  async tenants(@Who() person: Person) {
    const { database, directory } = this.#parts;
    return { tenants: await readOverview(database, directory(), person.tenants) };
  }

  @ApiOperation({ summary: 'Messages over all tenants, newest first' })
  @Get('messages')
  messages(@Query() wish: SearchDto, @Who() person: Person) {
    return searchMessages(this.#parts.database, wish, person.tenants);
  }

  @ApiOperation({ summary: 'One message with every step at every target' })
  @Get('messages/:tenant/:id')
  message(@Param() { tenant, id }: MessageParams) {
    return readTrace(this.#parts.database, tenant, id);
  }

  @ApiOperation({ summary: 'Reads the body of a message; that it was read is recorded' })
  @HttpCode(200)
  @May('read-body')
  @Post('messages/:tenant/:id/readings')
  async read(
    @Param() { tenant, id }: MessageParams,
    @Body() { reason }: ReasonDto,
    @Who() person: Person,
  ) {
    return { event: await readBody(this.#parts, { operator: person.name, tenant, id, reason }) };
  }

  @ApiOperation({ summary: 'What is held, why and since when' })
  @Get('holds')
  async holds(@Who() person: Person) {
    return { holds: await readHolds(this.#parts.database, person.tenants) };
  }

  @ApiOperation({ summary: 'Lets a connector instance stand still until it is released' })
  @HttpCode(204)
  @May('act')
  @Post('holds/:tenant/:target')
  async hold(
    @Param() { tenant, target }: HoldParams,
    @Body() { reason }: ReasonDto,
    @Who() person: Person,
  ): Promise<void> {
    const { database, directory } = this.#parts;
    await setHold(
      { database, directory: directory() },
      { operator: person.name, tenant, target, reason },
    );
  }

  @ApiOperation({ summary: 'Lets what is held go on' })
  @HttpCode(204)
  @May('act')
  @Delete('holds/:tenant/:target')
  async release(
    @Param() { tenant, target }: HoldParams,
    @Body() { reason }: ReasonDto,
    @Who() person: Person,
  ): Promise<void> {
    await releaseHold(this.#parts.database, { operator: person.name, tenant, target, reason });
  }
}

import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReasonDto } from '../messages/message.dto.js';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { readHolds, releaseHold, setHold } from './holds.js';
import { LineParams } from './line.dto.js';
import { readStanding } from './standing.js';

/** What stands still or waits, and why. */
@ApiTags('lines')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1')
export class LinesController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({
    summary: 'Lines at which something waits, is held, or fails as a whole: why, and until when',
  })
  @Get('lines')
  async lines(@Who() { tenants }: Person) {
    return { lines: await readStanding(this.#parts.database, tenants) };
  }

  @ApiOperation({ summary: 'What is held, why and since when' })
  @Get('holds')
  async holds(@Who() { tenants }: Person) {
    const { database } = this.#parts;
    return { holds: await database.scoped('*', (trx) => readHolds(trx, tenants)) };
  }

  @ApiOperation({ summary: 'Lets a connector instance stand still until it is released' })
  @HttpCode(204)
  @May('act')
  @Post('holds/:tenant/:target')
  async hold(
    @Param() { tenant, target }: LineParams,
    @Body() { reason }: ReasonDto,
    @Who() { name }: Person,
  ): Promise<void> {
    await setHold(this.#parts.database, { operator: name, tenant, target, reason });
  }

  @ApiOperation({ summary: 'Lets what is held go on' })
  @HttpCode(204)
  @May('act')
  @Delete('holds/:tenant/:target')
  async release(
    @Param() { tenant, target }: LineParams,
    @Body() { reason }: ReasonDto,
    @Who() { name }: Person,
  ): Promise<void> {
    await releaseHold(this.#parts.database, { operator: name, tenant, target, reason });
  }
}

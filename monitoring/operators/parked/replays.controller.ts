import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { May, PersonGuard, Who } from '../../people/person.guard.js';
import type { Person } from '../../people/person.js';
import { ReasonDto } from '../message.dto.js';
import { cut } from './matching.js';
import { planOrder } from './order.js';
import { readOrder, readOrders } from './orders.js';
import { OrderParams, ReplayDto, SteerParams } from './selection.dto.js';
import { steerOrder } from './steer.js';

/** Parked messages are tried again: planned, which changes nothing, then started. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/replays')
export class ReplaysController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Freezes a selection and tells what would happen; nothing does yet' })
  @May('act')
  @Post()
  async plan(@Body() wish: ReplayDto, @Who() person: Person) {
    const { database } = this.#parts;
    const { selection, ratePerSecond, stopAtFailurePercent, reason } = wish;
    const pace = { ratePerSecond, stopAtFailurePercent };
    const id = await planOrder(database, {
      act: 'replay',
      selection: cut(selection, person.tenants),
      ...pace,
      operator: person.name,
      reason,
    });
    return readOrder(database, { act: 'replay', id, reach: person.tenants });
  }

  @ApiOperation({ summary: 'Replays, the latest first' })
  @Get()
  async list(@Who() person: Person) {
    const { database } = this.#parts;
    return { replays: await readOrders(database, 'replay', person.tenants) };
  }

  @ApiOperation({ summary: 'How far a replay is, and who did what to it' })
  @Get(':id')
  read(@Param() { id }: OrderParams, @Who() person: Person) {
    return readOrder(this.#parts.database, { act: 'replay', id, reach: person.tenants });
  }

  @ApiOperation({ summary: 'Starts, pauses, resumes or cancels a replay' })
  @HttpCode(200)
  @May('act')
  @Post(':id/:verb')
  async steer(
    @Param() { id, verb }: SteerParams,
    @Body() { reason }: ReasonDto,
    @Who() person: Person,
  ) {
    const { database } = this.#parts;
    const reach = person.tenants;
    await steerOrder(database, { act: 'replay', id, verb, reach, operator: person.name, reason });
    return readOrder(database, { act: 'replay', id, reach: person.tenants });
  }
}

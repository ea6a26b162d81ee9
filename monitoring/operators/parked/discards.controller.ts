import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { May, PersonGuard, Who } from '../../people/person.guard.js';
import type { Person } from '../../people/person.js';
import { ReasonDto } from '../message.dto.js';
import { cut } from './matching.js';
import { planOrder } from './order.js';
import { readOrder, readOrders } from './orders.js';
import { DiscardDto, OrderParams, SteerParams } from './selection.dto.js';
import { steerOrder } from './steer.js';

/** No system is asked: only the bus itself has to keep up. */
const unhurried = { ratePerSecond: 100, stopAtFailurePercent: 100 };

/** Parked messages are let go for good: planned, which changes nothing, then started. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/discards')
export class DiscardsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Freezes a selection and tells what would happen; nothing does yet' })
  @May('act')
  @Post()
  async plan(@Body() wish: DiscardDto, @Who() person: Person) {
    const { database } = this.#parts;
    const { reason } = wish;
    const id = await planOrder(database, {
      act: 'discard',
      selection: cut(wish.selection, person.tenants),
      ...unhurried,
      operator: person.name,
      reason,
    });
    return readOrder(database, { act: 'discard', id, reach: person.tenants });
  }

  @ApiOperation({ summary: 'Discards, the latest first' })
  @Get()
  async list(@Who() person: Person) {
    const { database } = this.#parts;
    return { discards: await readOrders(database, 'discard', person.tenants) };
  }

  @ApiOperation({ summary: 'How far a discard is, and who did what to it' })
  @Get(':id')
  read(@Param() { id }: OrderParams, @Who() person: Person) {
    return readOrder(this.#parts.database, { act: 'discard', id, reach: person.tenants });
  }

  @ApiOperation({ summary: 'Starts, pauses, resumes or cancels a discard' })
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
    await steerOrder(database, { act: 'discard', id, verb, reach, operator: person.name, reason });
    return readOrder(database, { act: 'discard', id, reach: person.tenants });
  }
}

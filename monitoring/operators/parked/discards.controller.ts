import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { ReasonDto } from '../message.dto.js';
import { Operator, OperatorGuard } from '../operator.guard.js';
import { planOrder } from './order.js';
import { readOrder, readOrders } from './orders.js';
import { DiscardDto, OrderParams, SteerParams } from './selection.dto.js';
import { steerOrder } from './steer.js';

/** No system is asked: only the bus itself has to keep up. */
const unhurried = { ratePerSecond: 100, stopAtFailurePercent: 100 };

/** Parked messages are let go for good: planned, which changes nothing, then started. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(OperatorGuard)
@Controller('admin/v1/discards')
export class DiscardsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Freezes a selection and tells what would happen; nothing does yet' })
  @Post()
  async plan(@Body() wish: DiscardDto, @Operator() operator: string) {
    const { database } = this.#parts;
    const { selection, reason } = wish;
    const id = await planOrder(database, {
      act: 'discard',
      selection,
      ...unhurried,
      operator,
      reason,
    });
    return readOrder(database, 'discard', id);
  }

  @ApiOperation({ summary: 'Discards, the latest first' })
  @Get()
  async list() {
    return { discards: await readOrders(this.#parts.database, 'discard') };
  }

  @ApiOperation({ summary: 'How far a discard is, and who did what to it' })
  @Get(':id')
  read(@Param() { id }: OrderParams) {
    return readOrder(this.#parts.database, 'discard', id);
  }

  @ApiOperation({ summary: 'Starts, pauses, resumes or cancels a discard' })
  @HttpCode(200)
  @Post(':id/:verb')
  async steer(
    @Param() { id, verb }: SteerParams,
    @Body() { reason }: ReasonDto,
    @Operator() operator: string,
  ) {
    const { database } = this.#parts;
    await steerOrder(database, { act: 'discard', id, verb, operator, reason });
    return readOrder(database, 'discard', id);
  }
}

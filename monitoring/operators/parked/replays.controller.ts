import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { ReasonDto } from '../message.dto.js';
import { Operator, OperatorGuard } from '../operator.guard.js';
import { planOrder } from './order.js';
import { readOrder, readOrders } from './orders.js';
import { OrderParams, ReplayDto, SteerParams } from './selection.dto.js';
import { steerOrder } from './steer.js';

/** Parked messages are tried again: planned, which changes nothing, then started. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(OperatorGuard)
@Controller('admin/v1/replays')
export class ReplaysController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Freezes a selection and tells what would happen; nothing does yet' })
  @Post()
  async plan(@Body() wish: ReplayDto, @Operator() operator: string) {
    const { database } = this.#parts;
    const { selection, ratePerSecond, stopAtFailurePercent, reason } = wish;
    const pace = { ratePerSecond, stopAtFailurePercent };
    const id = await planOrder(database, { act: 'replay', selection, ...pace, operator, reason });
    return readOrder(database, 'replay', id);
  }

  @ApiOperation({ summary: 'Replays, the latest first' })
  @Get()
  async list() {
    return { replays: await readOrders(this.#parts.database, 'replay') };
  }

  @ApiOperation({ summary: 'How far a replay is, and who did what to it' })
  @Get(':id')
  read(@Param() { id }: OrderParams) {
    return readOrder(this.#parts.database, 'replay', id);
  }

  @ApiOperation({ summary: 'Starts, pauses, resumes or cancels a replay' })
  @HttpCode(200)
  @Post(':id/:verb')
  async steer(
    @Param() { id, verb }: SteerParams,
    @Body() { reason }: ReasonDto,
    @Operator() operator: string,
  ) {
    const { database } = this.#parts;
    await steerOrder(database, { act: 'replay', id, verb, operator, reason });
    return readOrder(database, 'replay', id);
  }
}

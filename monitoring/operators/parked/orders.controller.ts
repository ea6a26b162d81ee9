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
import type { Locale } from '#oslo/catalogue.js';
import { PARTS, type Parts } from '../../parts.js';
import { Language, May, PersonGuard, Who } from '../../people/person.guard.js';
import type { Person } from '../../people/person.js';
import { ReasonDto } from '../../messages/message.dto.js';
import { OrderDto, OrderParams, OrdersDto, SteerParams } from './order.dto.js';
import { planOrder } from './order.js';
import { readOrder, readOrders } from './orders.js';
import { steerOrder } from './steer.js';

/** What is to become of parked messages: planned, which changes nothing, then started. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/orders')
export class OrdersController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({
    summary:
      'Freezes a selection to replay or discard and tells what would happen; nothing does yet',
  })
  @May('act')
  @Post()
  async plan(
    @Body() wish: OrderDto,
    @Who() { name, tenants }: Person,
    @Language() language: Locale,
  ) {
    const { database } = this.#parts;
    const { act, selection, reason, ratePerSecond, stopAtFailurePercent } = wish;
    const id = await planOrder(database, {
      ...{ act, selection, reason, ratePerSecond, stopAtFailurePercent },
      ...{ operator: name, reach: tenants },
    });
    return readOrder(database, id, { reach: tenants, language });
  }

  @ApiOperation({ summary: 'Replays, discards and edits, the latest first' })
  @Get()
  async list(@Query() wanted: OrdersDto, @Who() { tenants }: Person, @Language() language: Locale) {
    return { orders: await readOrders(this.#parts.database, wanted, { reach: tenants, language }) };
  }

  @ApiOperation({ summary: 'How far an order is, and who did what to it' })
  @Get(':id')
  read(@Param() { id }: OrderParams, @Who() { tenants }: Person, @Language() language: Locale) {
    return readOrder(this.#parts.database, id, { reach: tenants, language });
  }

  @ApiOperation({ summary: 'Starts, pauses, resumes or cancels an order' })
  @HttpCode(200)
  @May('act')
  @Post(':id/:verb')
  async steer(
    @Param() { id, verb }: SteerParams,
    @Body() { reason }: ReasonDto,
    @Who() { name, tenants }: Person,
    @Language() language: Locale,
  ) {
    const { database } = this.#parts;
    await steerOrder(database, { id, verb, reach: tenants, operator: name, reason });
    return readOrder(database, id, { reach: tenants, language });
  }
}

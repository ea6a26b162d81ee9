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
import { readBody } from './body.js';
import { HoldParams } from './hold.dto.js';
import { readHolds, releaseHold } from './holds.js';
import { MessageParams, ReasonDto, SearchDto } from './message.dto.js';
import { Operator, OperatorGuard } from './operator.guard.js';
import { readOverview } from './overview.js';
import { searchMessages } from './search.js';
import { setHold } from './set-hold.js';
import { readTrace } from './trace.js';

/** What operators see and do, as far as it goes today. Every act is recorded with name and reason. */
@ApiTags('operators')
@ApiBearerAuth()
@UseGuards(OperatorGuard)
@Controller('admin/v1')
export class OperatorsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Tenants with their connector instances and what stands there' })
  @Get('tenants')
  async tenants() {
    const { database, directory } = this.#parts;
    return { tenants: await readOverview(database, directory()) };
  }

  @ApiOperation({ summary: 'Messages over all tenants, newest first' })
  @Get('messages')
  messages(@Query() wish: SearchDto) {
    return searchMessages(this.#parts.database, wish);
  }

  @ApiOperation({ summary: 'One message with every step at every target' })
  @Get('messages/:tenant/:id')
  message(@Param() { tenant, id }: MessageParams) {
    return readTrace(this.#parts.database, tenant, id);
  }

  @ApiOperation({ summary: 'Reads the body of a message; that it was read is recorded' })
  @HttpCode(200)
  @Post('messages/:tenant/:id/readings')
  async read(
    @Param() { tenant, id }: MessageParams,
    @Body() { reason }: ReasonDto,
    @Operator() operator: string,
  ) {
    return { event: await readBody(this.#parts, { operator, tenant, id, reason }) };
  }

  @ApiOperation({ summary: 'What is held, why and since when' })
  @Get('holds')
  async holds() {
    return { holds: await readHolds(this.#parts.database) };
  }

  @ApiOperation({ summary: 'Lets a connector instance stand still until it is released' })
  @HttpCode(204)
  @Post('holds/:tenant/:target')
  async hold(
    @Param() { tenant, target }: HoldParams,
    @Body() { reason }: ReasonDto,
    @Operator() operator: string,
  ): Promise<void> {
    const { database, directory } = this.#parts;
    await setHold({ database, directory: directory() }, { operator, tenant, target, reason });
  }

  @ApiOperation({ summary: 'Lets what is held go on' })
  @HttpCode(204)
  @Delete('holds/:tenant/:target')
  async release(
    @Param() { tenant, target }: HoldParams,
    @Body() { reason }: ReasonDto,
    @Operator() operator: string,
  ): Promise<void> {
    await releaseHold(this.#parts.database, { operator, tenant, target, reason });
  }
}

import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { OperatorGuard } from '../operator.guard.js';
import { readGroups } from './groups.js';
import { searchParked } from './messages.js';
import { ParkedMessagesDto, SelectionDto } from './selection.dto.js';

/** What is parked, and why. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(OperatorGuard)
@Controller('admin/v1/parked')
export class ParkedController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Parked messages by group of cause, over all tenants or narrowed' })
  @Get()
  async groups(@Query() selection: SelectionDto) {
    return { groups: await readGroups(this.#parts.database, selection) };
  }

  @ApiOperation({ summary: 'Parked messages one by one, newest first' })
  @Get('messages')
  messages(@Query() wish: ParkedMessagesDto) {
    return searchParked(this.#parts.database, wish);
  }
}

import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Post,
  Query,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { ActsDto, ActsSearchDto } from './acts.dto.js';
import { exportActs } from './export.js';
import { readActs } from './read-acts.js';

/** Who did what, to what, when and why. */
@ApiTags('acts')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/acts')
export class ActsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Acts on the tenants that are reached, the latest first' })
  @May('see-acts')
  @Get()
  list(@Query() wish: ActsDto, @Who() { tenants }: Person) {
    return readActs(this.#parts.database, wish, tenants);
  }

  @ApiOperation({ summary: 'The same, also those of one person' })
  @HttpCode(200)
  @May('see-acts')
  @Post('searches')
  search(@Body() wish: ActsSearchDto, @Who() { tenants }: Person) {
    return readActs(this.#parts.database, wish, tenants);
  }

  @ApiOperation({ summary: 'The same as CSV, all of them' })
  @HttpCode(200)
  @May('see-acts')
  @Post('exports')
  export(@Body() wish: ActsSearchDto, @Who() { tenants }: Person): StreamableFile {
    const rows = Readable.from(exportActs(this.#parts.database, wish, tenants));
    return new StreamableFile(rows, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="lb-bus-acts.csv"',
    });
  }
}

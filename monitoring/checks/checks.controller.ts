import { Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LineParams } from '../lines/line.dto.js';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { checkNow } from './check.js';

/** Asks systems through delivery, which alone opens secrets. */
@ApiTags('lines')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/checks')
export class ChecksController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({
    summary: 'Asks the system of a connector instance, changing nothing there, whether it works',
    description:
      'With the settings and secrets as they are stored now. Answers within 20 seconds: `works`, `fails` with a code and the words of the connector, or `unanswered` where no process of delivery could say.',
  })
  @HttpCode(200)
  @May('act')
  @Post(':tenant/:target')
  check(@Param() { tenant, target }: LineParams, @Who() { name }: Person) {
    return checkNow(this.#parts.database, { tenant, target, by: name });
  }
}

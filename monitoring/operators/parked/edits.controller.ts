import { Body, Controller, Headers, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '#oslo/catalogue.js';
import { PARTS, type Parts } from '../../parts.js';
import { Language, May, PersonGuard, Who } from '../../people/person.guard.js';
import type { Person } from '../../people/person.js';
import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';
import { editParked } from './edit.js';
import { EditDto } from './edit.dto.js';
import { readOrder } from './orders.js';

const digestOf = (ifMatch: string | undefined): string => {
  if (ifMatch === undefined)
    throw new ProblemError('precondition-required', tell('digest-missing'));
  return ifMatch.replace(/^"(.*)"$/, '$1');
};

/** A corrected copy takes the place of a parked message. */
@ApiTags('parked')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/edits')
export class EditsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Orders that a corrected copy takes the place of a parked message' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'Digest of the message.' })
  @HttpCode(202)
  @May('act')
  @Post()
  async edit(
    @Body() wish: EditDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Who() person: Person,
    @Language() language: Locale,
  ) {
    const { tenant, target, message, reason, data, patch } = wish;
    const { order, copy } = await editParked(this.#parts, {
      ...{ tenant, target, message, reason, operator: person.name },
      ...{ data, patch, digest: digestOf(ifMatch) },
    });
    return {
      copy,
      ...(await readOrder(this.#parts.database, order, { reach: person.tenants, language })),
    };
  }
}

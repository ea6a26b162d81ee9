import { Controller, Get, Header, Inject, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { csvOf } from './csv.js';
import { UsageQuery } from './usage.dto.js';
import { readTenants, readUsage, type Asked } from './usage.js';

const askedOf = ({ month, tenant }: UsageQuery, { tenants: reach }: Person): Asked => ({
  ...{ month, tenant, reach },
});

/** What was used per month, how it was kept to what was agreed, and what it costs. */
@ApiTags('operators')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@May('see-usage')
@Controller('admin/v1')
export class UsageController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'What was used in a month, of the tenants that are reached or of one' })
  @Get('usage')
  usage(@Query() query: UsageQuery, @Who() person: Person) {
    return readUsage(this.#parts, askedOf(query, person));
  }

  @ApiOperation({ summary: 'The same as CSV: a row per tenant and per connector instance' })
  @Header('content-type', 'text/csv; charset=utf-8')
  @Get('usage.csv')
  async csv(
    @Query() query: UsageQuery,
    @Who() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { name, tenants } = await readTenants(this.#parts, askedOf(query, person));
    // Not awaited: a reply is awaited until it has been sent.
    void reply.header('content-disposition', `attachment; filename="lb-bus-${name}.csv"`);
    return csvOf(name, tenants);
  }
}

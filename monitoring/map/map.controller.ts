import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TenantQuery } from '../health/overview.dto.js';
import { PARTS, type Parts } from '../parts.js';
import { PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';

/** Who is coupled to what, over which interface, and what goes over it. */
@ApiTags('operators')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/map')
export class MapController {
  readonly #parts: Pick<Parts, 'maps'>;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'The map of couplings of one tenant, or of all of them together' })
  @Get()
  map(@Query() { tenant }: TenantQuery, @Who() person: Person) {
    const { maps } = this.#parts;
    return tenant === undefined ? maps.all(person.tenants) : maps.tenant(tenant);
  }
}

import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../parts.js';
import { PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { namesOf, readOverview } from './overview.js';

/** What operators see and do, as far as it goes today. Every act is recorded with name and reason. */
@ApiTags('operators')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1')
export class OperatorsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Tenants with their connector instances and what stands there' })
  @Get('tenants')
  async tenants(@Who() person: Person) {
    const { database, directory } = this.#parts;
    return { tenants: await readOverview(database, directory(), person.tenants) };
  }

  @ApiOperation({ summary: 'Tenants and their connector instances by name, to choose from' })
  @Get('names')
  names(@Who() person: Person) {
    return { tenants: namesOf(this.#parts.directory(), person.tenants) };
  }
}

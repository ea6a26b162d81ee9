import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { readChanges } from './changes.js';
import { ChangesQuery } from './overview.dto.js';

/** How every tenant is, why, and what became of it lately. */
@ApiTags('operators')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1')
export class OverviewController {
  readonly #parts: Pick<Parts, 'database' | 'directory' | 'health'>;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({
    summary: 'Every tenant with its health, why it is so and where that is put right',
  })
  @Get('overview')
  overview(@Who() person: Person) {
    return this.#parts.health.overview(person.tenants);
  }

  @ApiOperation({ summary: 'One tenant, line by line' })
  @Get('overview/:tenant')
  tenant(@Param('tenant') tenant: string) {
    return this.#parts.health.tenant(tenant);
  }

  @ApiOperation({ summary: 'How much there is of everything, of all tenants that are reached' })
  @Get('figures')
  figures(@Who() person: Person) {
    return this.#parts.health.figures(person.tenants);
  }

  @ApiOperation({ summary: 'The same figures, for those who see no tenant and no message' })
  @May('see-usage')
  @Get('totals')
  totals(@Who() person: Person) {
    return this.#parts.health.figures(person.tenants);
  }

  @ApiOperation({ summary: 'What changed: lines, parked messages, acts, declarations' })
  @Get('changes')
  async changes(@Query() { since, tenant }: ChangesQuery, @Who() person: Person) {
    const tenants = tenant === undefined ? person.tenants : new Set([tenant]);
    const read = { database: this.#parts.database, directory: this.#parts.directory() };
    return { changes: await readChanges(read, { ...person, tenants }, momentOf(since)) };
  }
}

const hourMs = 3_600_000;
const longestMs = 31 * 24 * hourMs;

const momentOf = (since: string | undefined): Date => {
  const now = Date.now();
  const asked = since === undefined ? now - hourMs : new Date(since).getTime();
  return new Date(Math.max(asked, now - longestMs));
};

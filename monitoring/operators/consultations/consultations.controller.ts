import { Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { May, PersonGuard, Who } from '../../people/person.guard.js';
import type { Person } from '../../people/person.js';
import { ConsultationsDto } from './consultation.dto.js';
import { readConsultations } from './read.js';

/** The register of questions to authentic sources. */
@ApiTags('consultations')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/consultations')
export class ConsultationsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({
    summary:
      'Reads questions that a tenant asked authentic sources; that they were read is recorded',
  })
  @HttpCode(200)
  @May('register')
  @Post('readings')
  read(@Body() wish: ConsultationsDto, @Who() person: Person) {
    return readConsultations(this.#parts, person.name, wish);
  }
}

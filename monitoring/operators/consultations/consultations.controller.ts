import { Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PARTS, type Parts } from '../../parts.js';
import { Operator, OperatorGuard } from '../operator.guard.js';
import { ConsultationsDto } from './consultation.dto.js';
import { readConsultations } from './read.js';

/** The register of questions to authentic sources. */
@ApiTags('consultations')
@ApiBearerAuth()
@UseGuards(OperatorGuard)
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
  @Post('readings')
  read(@Body() wish: ConsultationsDto, @Operator() operator: string) {
    return readConsultations(this.#parts, operator, wish);
  }
}

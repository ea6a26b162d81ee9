import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { tenantName } from '../fields.dto.js';

/** Which month, of which tenant. */
export class UsageQuery {
  @ApiPropertyOptional({
    example: '2026-10',
    description: 'The current month where none is named.',
  })
  @IsOptional()
  @Matches(/^20\d\d-(?:0[1-9]|1[0-2])$/)
  month?: string;

  @ApiPropertyOptional({
    example: 'aalter',
    description: 'All that are reached where none is named.',
  })
  @IsOptional()
  @Matches(tenantName)
  tenant?: string;
}

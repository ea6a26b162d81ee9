import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { Cursor, Limit, tenantName } from '../../fields.dto.js';
import { ReasonDto } from '../../messages/message.dto.js';

/** Which part of a tenant's register of questions to read, and why. In a body: an address is logged on the way. */
export class ConsultationsDto extends ReasonDto {
  @ApiProperty({ example: 'aalter' })
  @Matches(tenantName)
  tenant!: string;

  @ApiProperty({ description: 'Asked at or after; RFC 3339.', example: '2026-01-01T00:00:00Z' })
  @IsISO8601({ strict: true })
  from!: string;

  @ApiProperty({ description: 'Asked before; RFC 3339.', example: '2027-01-01T00:00:00Z' })
  @IsISO8601({ strict: true })
  to!: string;

  @ApiPropertyOptional({
    description:
      'Number of a person or organisation: only questions about it, or whose answer told of it.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 50)
  about?: string;

  @Cursor()
  cursor?: string;

  @Limit(500, 1_000)
  limit: number = 500;
}

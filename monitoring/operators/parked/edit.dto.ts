import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { tenantName } from '../../fields.dto.js';

/** What is to be corrected in the data of one parked message: either `patch` or `data`. */
export class EditDto {
  @ApiProperty({ example: 'aalter' })
  @Matches(tenantName)
  tenant!: string;

  @ApiProperty({ example: 'topdesk' })
  @Matches(/^[a-z][a-z0-9-]{0,63}$/)
  target!: string;

  @ApiProperty({ format: 'uuid', description: 'Id on the bus.' })
  @IsUUID()
  message!: string;

  @ApiProperty({ minLength: 3, maxLength: 500, example: 'Categorie verbeterd, ticket 2026-114' })
  @IsString()
  @Length(3, 500)
  reason!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'The whole data.',
  })
  @IsOptional()
  @IsObject()
  data?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'JSON merge patch (RFC 7396) of the data: null takes a property away.',
  })
  @IsOptional()
  @IsObject()
  patch?: Record<string, unknown>;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { tenantName } from '../messages/message.dto.js';
import { actionKinds, type ActionKind } from '../operators/action.js';

/** Which acts to list; all that is given must hold. Nothing in it is of a person: it may stand in an address. */
export class ActsDto {
  @ApiPropertyOptional({ example: 'aalter' })
  @IsOptional()
  @Matches(tenantName)
  tenant?: string;

  @ApiPropertyOptional({ enum: actionKinds })
  @IsOptional()
  @IsIn(actionKinds)
  kind?: ActionKind;

  @ApiPropertyOptional({ description: 'At or after; RFC 3339.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;

  @ApiPropertyOptional({ description: 'Before; RFC 3339.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;

  @ApiPropertyOptional({ description: 'From `next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;

  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 500 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

/** Which acts to find, also those of one person: asked in a body. */
export class ActsSearchDto extends ActsDto {
  @ApiPropertyOptional({ description: 'Name under which the acts of a person are recorded.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  person?: string;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Cursor, Limit, Moment, OneTenant } from '../fields.dto.js';
import { actionKinds, type ActionKind } from '../operators/action.js';

/** Which acts to list; all that is given must hold. Nothing in it is of a person: it may stand in an address. */
export class ActsDto {
  @OneTenant()
  tenant?: string;

  @ApiPropertyOptional({ enum: actionKinds })
  @IsOptional()
  @IsIn(actionKinds)
  kind?: ActionKind;

  @Moment('At or after')
  since?: string;

  @Moment('Before')
  until?: string;

  @Cursor()
  cursor?: string;

  @Limit(50, 500)
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

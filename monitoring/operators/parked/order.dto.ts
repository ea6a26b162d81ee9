import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { OrderSelectionDto } from './selection.dto.js';

const acts = ['replay', 'discard'] as const;

/** What is to become of which messages, how fast, when to stop, and why. */
export class OrderDto {
  @ApiProperty({ enum: acts, description: 'Try them again, or let them go for good.' })
  @IsIn(acts)
  act!: (typeof acts)[number];

  @ApiProperty()
  @IsDefined()
  @ValidateNested()
  @Type(() => OrderSelectionDto)
  selection!: OrderSelectionDto;

  @ApiProperty({ minLength: 3, maxLength: 500, example: 'Categorie toegevoegd, ticket 2026-114' })
  @IsString()
  @Length(3, 500)
  reason!: string;

  @ApiPropertyOptional({
    minimum: 1,
    maximum: 1_000,
    description: 'At most, after a slow start; 10 for a replay, 100 for a discard by default.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  ratePerSecond?: number;

  @ApiPropertyOptional({
    minimum: 1,
    maximum: 100,
    description:
      'Stops by itself once more than this fail, of ten or more; 100 never stops. 20 for a replay by default.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  stopAtFailurePercent?: number;
}

/** Which orders to list. */
export class OrdersDto {
  @ApiPropertyOptional({ enum: [...acts, 'edit'] })
  @IsOptional()
  @IsIn([...acts, 'edit'])
  act?: (typeof acts)[number] | 'edit';

  @ApiPropertyOptional({ default: 25, minimum: 1, maximum: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 25;
}

export const verbs = ['start', 'pause', 'resume', 'cancel'] as const;

/** One order. */
export class OrderParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;
}

/** One order, and what is to be done with it. */
export class SteerParams extends OrderParams {
  @ApiProperty({ enum: verbs })
  @IsIn(verbs)
  verb!: (typeof verbs)[number];
}

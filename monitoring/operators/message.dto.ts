import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

export const messageStatuses = [
  'parked',
  'held',
  'waiting',
  'accepted',
  'expired',
  'discarded',
  'delivered',
] as const;

const tenantName = /^[a-z][a-z0-9-]{1,39}$/;
const text = 'Exactly as it is in the message.';

/** Which messages to find; all that is given must hold. */
export class SearchDto {
  @ApiPropertyOptional({ example: 'aalter' })
  @IsOptional()
  @Matches(tenantName)
  tenant?: string;

  @ApiPropertyOptional({ enum: messageStatuses })
  @IsOptional()
  @IsIn(messageStatuses)
  status?: (typeof messageStatuses)[number];

  @ApiPropertyOptional({ description: text, example: 'be.lbbus.melding.ingediend.v1' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  type?: string;

  @ApiPropertyOptional({ description: text })
  @IsOptional()
  @IsString()
  @MaxLength(2_048)
  subject?: string;

  @ApiPropertyOptional({ description: `${text} The sender's own id.` })
  @IsOptional()
  @IsString()
  @MaxLength(512)
  senderId?: string;

  @ApiPropertyOptional({ description: 'Id on the bus.' })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ description: 'Accepted at or after; RFC 3339.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;

  @ApiPropertyOptional({ description: 'Accepted before; RFC 3339.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;

  @ApiPropertyOptional({ description: 'From `next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;

  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

/** One message, by tenant and id on the bus. */
export class MessageParams {
  @ApiProperty({ example: 'aalter' })
  @Matches(tenantName)
  tenant!: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;
}

/** Why an operator does something; kept with the act. */
export class ReasonDto {
  @ApiProperty({ minLength: 3, maxLength: 500, example: 'Vraag 2026-114 van de gemeente' })
  @IsString()
  @Length(3, 500)
  reason!: string;
}

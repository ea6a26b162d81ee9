import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { Cursor, Limit, Moment, OneTenant } from '../../fields.dto.js';

const name = /^[a-z][a-z0-9-]{0,63}$/;
const text = 'Exactly as it is in the message.';

/** Which of the parked messages are meant; all that is given must hold. */
export class SelectionDto {
  @OneTenant()
  tenant?: string;

  @ApiPropertyOptional({ example: 'topdesk', description: 'Name of the connector instance.' })
  @IsOptional()
  @Matches(name)
  target?: string;

  @ApiPropertyOptional({ example: 'topdesk', description: 'The connector, at whatever name.' })
  @IsOptional()
  @Matches(name)
  connector?: string;

  @ApiPropertyOptional({ example: 'unknown-value' })
  @IsOptional()
  @Matches(name)
  code?: string;

  @ApiPropertyOptional({ description: 'The normalised text of a group, exactly.' })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  cause?: string;

  @ApiPropertyOptional({ example: '3f2a90b17c44', description: 'Id of a group of cause.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{12}$/)
  group?: string;

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

  @Moment('Parked at or after')
  since?: string;

  @Moment('Parked before')
  until?: string;
}

/** As a selection, a page at a time. */
export class ParkedMessagesDto extends SelectionDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Id on the bus.' })
  @IsOptional()
  @IsUUID()
  message?: string;

  @Cursor()
  cursor?: string;

  @Limit(50, 200)
  limit: number = 50;
}

/** A selection for an order; also by naming the messages. */
export class OrderSelectionDto extends SelectionDto {
  @ApiPropertyOptional({
    description: 'Ids on the bus, at most 500.',
    format: 'uuid',
    isArray: true,
  })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsUUID(undefined, { each: true })
  messages?: string[];
}

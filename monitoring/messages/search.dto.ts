import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { Cursor, Limit, Moment, OneTenant } from '../fields.dto.js';
import { stepOutcomes, type StepOutcome } from '#bus/records.js';
import { messageStatuses } from './facts.js';
import { uuidText } from './recognise.js';

const text = 'Exactly as it is in the message.';
const longestIri = 2_048;
const longestId = 512;

/** Which messages to list; all that is given must hold. Nothing in it can be of a person: it may stand in an address. */
export class ListDto {
  @OneTenant()
  tenant?: string;

  @ApiPropertyOptional({
    enum: messageStatuses,
    description: 'Of the message; with `target`, how it stands there.',
  })
  @IsOptional()
  @IsIn(messageStatuses)
  status?: (typeof messageStatuses)[number];

  @ApiPropertyOptional({ description: text, example: 'be.lbbus.melding.ingediend.v1' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  type?: string;

  @ApiPropertyOptional({ description: 'Connector instance that it goes to.', example: 'topdesk' })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,63}$/)
  target?: string;

  @ApiPropertyOptional({
    enum: stepOutcomes,
    description: 'What happened to it at least once, with `target` there.',
  })
  @IsOptional()
  @IsIn(stepOutcomes)
  outcome?: StepOutcome;

  @Moment('Accepted at or after')
  since?: string;

  @Moment('Accepted before')
  until?: string;

  @Cursor()
  cursor?: string;

  @Limit(50, 200)
  limit: number = 50;
}

/** Which messages to find; all that is given must hold. Asked in a body: ids and addresses stand in no log. */
export class SearchDto extends ListDto {
  @ApiPropertyOptional({
    description:
      'What somebody typed: an id of any kind, an IRI, or the name of a tenant, type or status beside one.',
  })
  @IsOptional()
  @IsString()
  @Length(1, longestIri)
  text?: string;

  @ApiPropertyOptional({ description: 'Id on the bus.' })
  @IsOptional()
  @Matches(uuidText)
  id?: string;

  @ApiPropertyOptional({ description: text })
  @IsOptional()
  @IsString()
  @MaxLength(longestIri)
  subject?: string;

  @ApiPropertyOptional({ description: text })
  @IsOptional()
  @IsString()
  @MaxLength(longestIri)
  source?: string;

  @ApiPropertyOptional({ description: `${text} The sender's own id.` })
  @IsOptional()
  @IsString()
  @MaxLength(longestId)
  senderId?: string;

  @ApiPropertyOptional({ description: 'Id that a system gave to what a message made there.' })
  @IsOptional()
  @IsString()
  @MaxLength(longestId)
  externalId?: string;

  @ApiPropertyOptional({ description: text })
  @IsOptional()
  @IsString()
  @MaxLength(longestId)
  correlationId?: string;

  @ApiPropertyOptional({ description: `${text} The message that caused it.` })
  @IsOptional()
  @IsString()
  @MaxLength(longestId)
  causationId?: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, Length, Matches } from 'class-validator';
import { tenantName } from '../fields.dto.js';
import { uuidText } from './recognise.js';

/** One message, by tenant and id on the bus. */
export class MessageParams {
  @ApiProperty({ example: 'aalter' })
  @Matches(tenantName)
  tenant!: string;

  @ApiProperty({ format: 'uuid' })
  @Matches(uuidText)
  id!: string;
}

/** Why somebody does something; kept with the act. */
export class ReasonDto {
  @ApiProperty({ minLength: 3, maxLength: 500, example: 'Vraag 2026-114 van de gemeente' })
  @IsString()
  @Length(3, 500)
  reason!: string;
}

/** Which masked fields of a body to uncover, and why. */
export class UncoverDto extends ReasonDto {
  @ApiProperty({
    description: 'RFC 6901, from the event, as `masked` of a reading names them.',
    example: ['/data/indiener/contactinfo/0/email'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @Matches(/^(?:\/[^/]{1,200}){1,64}$/, { each: true })
  pointers!: string[];
}

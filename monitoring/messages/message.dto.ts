import { ApiProperty } from '@nestjs/swagger';
import { IsString, IsUUID, Length, Matches } from 'class-validator';

/** As tenants are named in their declaration. */
export const tenantName = /^[a-z][a-z0-9-]{1,39}$/;

/** One message, by tenant and id on the bus. */
export class MessageParams {
  @ApiProperty({ example: 'aalter' })
  @Matches(tenantName)
  tenant!: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;
}

/** Why somebody does something; kept with the act. */
export class ReasonDto {
  @ApiProperty({ minLength: 3, maxLength: 500, example: 'Vraag 2026-114 van de gemeente' })
  @IsString()
  @Length(3, 500)
  reason!: string;
}

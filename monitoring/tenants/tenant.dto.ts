import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsArray,
  IsBoolean,
  IsDateString,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Min,
} from 'class-validator';
import { tenantName } from '../fields.dto.js';
import { ReasonDto } from '../messages/message.dto.js';

const partName = /^[a-z][a-z0-9-]{0,39}$/;

/** One tenant. */
export class TenantParams {
  @ApiProperty({ example: 'aalter' })
  @Matches(tenantName)
  tenant!: string;
}

/** One application of a tenant. */
export class CredentialParams extends TenantParams {
  @ApiProperty({ example: 'meldpunt' })
  @Matches(partName)
  credential!: string;
}

/** One API key of an application, by the first digits of its hash. */
export class KeyParams extends CredentialParams {
  @ApiProperty({ example: '1f0c2a9b7d3e' })
  @Matches(/^[0-9a-f]{12}$/)
  key!: string;
}

/** A tenant as it should be, as in a file for `lb-bus apply`. */
export class WishDto {
  @ApiProperty({ description: 'as one document of the YAML for "lb-bus apply", in JSON' })
  @IsObject()
  declaration!: object;

  @ApiPropertyOptional({
    description:
      'by name: { "value", "expiresAt" }, of which either may be left out; a value is sealed and never shown again',
    example: { 'topdesk-password': { value: '…', expiresAt: '2027-01-31' } },
  })
  @IsOptional()
  @IsObject()
  secrets?: Record<string, unknown>;
}

/** A change of a tenant, before it is made. */
export class PlanDto extends WishDto {
  @ApiProperty({ description: 'of the declaration that was read: a newer one refuses this' })
  @IsInt()
  @Min(0)
  version!: number;
}

/** A change of a tenant. */
export class ChangeDto extends PlanDto {
  @ApiProperty({ minLength: 3, maxLength: 500 })
  @IsString()
  @Length(3, 500)
  reason!: string;

  @ApiPropertyOptional({ description: 'also removes what still has messages' })
  @IsOptional()
  @IsBoolean()
  leaveBehind?: boolean;
}

/** A tenant that is to be made. */
export class NewTenantDto extends WishDto {
  @ApiProperty({ minLength: 3, maxLength: 500 })
  @IsString()
  @Length(3, 500)
  reason!: string;
}

/** A new API key. */
export class NewKeyDto extends ReasonDto {
  @ApiPropertyOptional({ description: 'until when the keys that are valid now stay so' })
  @IsOptional()
  @IsDateString()
  othersEndAt?: string;

  @ApiPropertyOptional({ description: 'ends the oldest at once where two are valid already' })
  @IsOptional()
  @IsBoolean()
  dropOldest?: boolean;
}

/** A message to try routes with. */
export class TrialDto {
  @ApiPropertyOptional({ description: 'a CloudEvent' })
  @IsOptional()
  @IsObject()
  message?: object;

  @ApiPropertyOptional({ format: 'uuid', description: 'or the id of a message that is stored' })
  @IsOptional()
  @IsUUID()
  stored?: string;

  @ApiPropertyOptional({ description: 'other routes than those that are saved' })
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  routes?: object[];

  @ApiPropertyOptional({ description: 'the connector instance that would have sent it' })
  @IsOptional()
  @Matches(partName)
  system?: string;
}

/** The key with which a test is sent. */
export class TestDto {
  @ApiProperty()
  @IsString()
  @Length(10, 300)
  key!: string;
}

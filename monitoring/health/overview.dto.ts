import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional } from 'class-validator';
import { OneTenant } from '../fields.dto.js';

/** Which tenant; all that are reached where none is named. */
export class TenantQuery {
  @OneTenant()
  tenant?: string;
}

/** What changed since a moment; since an hour ago where none is named. */
export class ChangesQuery extends TenantQuery {
  @ApiPropertyOptional({ description: 'RFC 3339; at most 31 days ago.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;
}

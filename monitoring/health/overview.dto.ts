import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, Matches } from 'class-validator';

/** Which tenant; all that are reached where none is named. */
export class TenantQuery {
  @ApiPropertyOptional({ example: 'aalter' })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{1,39}$/)
  tenant?: string;
}

/** What changed since a moment; since an hour ago where none is named. */
export class ChangesQuery extends TenantQuery {
  @ApiPropertyOptional({ description: 'RFC 3339; at most 31 days ago.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;
}

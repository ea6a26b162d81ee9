import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { tenantName } from '../fields.dto.js';

/** One line: one connector instance of one tenant. */
export class LineParams {
  @ApiProperty({ example: 'aalter' })
  @Matches(tenantName)
  tenant!: string;

  @ApiProperty({ example: 'topdesk' })
  @Matches(/^[a-z][a-z0-9-]{0,63}$/)
  target!: string;
}

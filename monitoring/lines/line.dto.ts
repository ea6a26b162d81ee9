import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

/** One line: one connector instance of one tenant. */
export class LineParams {
  @ApiProperty({ example: 'aalter' })
  @Matches(/^[a-z][a-z0-9-]{1,39}$/)
  tenant!: string;

  @ApiProperty({ example: 'topdesk' })
  @Matches(/^[a-z][a-z0-9-]{0,63}$/)
  target!: string;
}

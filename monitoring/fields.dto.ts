import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** As tenants are named in their declaration. */
export const tenantName = /^[a-z][a-z0-9-]{1,39}$/;

/** The tenant alone, where one is named. */
export const OneTenant = () =>
  applyDecorators(ApiPropertyOptional({ example: 'aalter' }), IsOptional(), Matches(tenantName));

/** A moment, such as `Parked at or after`. */
export const Moment = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ description: `${description}; RFC 3339.` }),
    IsOptional(),
    IsISO8601({ strict: true }),
  );

/** Where the next page begins. */
export const Cursor = () =>
  applyDecorators(
    ApiPropertyOptional({ description: 'From `next` of the page before.' }),
    IsOptional(),
    IsString(),
    MaxLength(200),
  );

/** How much a page holds: from 1 to `most`, and `usual` where nobody says. */
export const Limit = (usual: number, most: number) =>
  applyDecorators(
    ApiPropertyOptional({ default: usual, minimum: 1, maximum: most }),
    IsOptional(),
    Type(() => Number),
    IsInt(),
    Min(1),
    Max(most),
  );

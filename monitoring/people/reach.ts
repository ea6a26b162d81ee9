import { sql, type RawBuilder } from 'kysely';
import type { Reach } from './person.js';

/** SQL condition: the tenant in the column is reached. `column` is a reference that we wrote, such as `sql.ref('w.tenant')`. */
export const within = (reach: Reach, column: RawBuilder<unknown>): RawBuilder<boolean> =>
  reach === null ? sql<boolean>`true` : sql<boolean>`${column} = any(${[...reach]}::text[])`;

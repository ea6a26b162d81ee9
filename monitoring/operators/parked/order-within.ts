import { sql, type RawBuilder } from 'kysely';
import type { Reach } from '../../people/person.js';
import { within } from '../../people/reach.js';

/** SQL condition on `delivery.parked_order o`: everything that the order holds is reached. */
export const orderWithin = (reach: Reach): RawBuilder<boolean> =>
  reach === null
    ? sql<boolean>`true`
    : sql<boolean>`(${within(reach, sql.ref('o.tenant'))} or (o.tenant = '*'
        and exists (select from delivery.parked_item i where i.order_id = o.id)
        and not exists (select from delivery.parked_item i
          where i.order_id = o.id and not ${within(reach, sql.ref('i.tenant'))})))`;

import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { tableOf } from '#runtime/rows.js';
import type { Placed } from './arrange.js';
import { standing } from './standing.js';
import { momentOf, momentOrNull } from './storable.js';

const storedTypes = {
  ...{ tenant: 'text', id: 'uuid', type: 'text', kind: 'text', source: 'text', sender_id: 'text' },
  ...{ subject: 'text', time: 'text', accepted_at: 'timestamptz', expires_at: 'timestamptz' },
  ...{ digest: 'text', verwerking: 'text', traceparent: 'text' },
  ...{ correlation_id: 'text', causation_id: 'text', conflict_of: 'uuid' },
} as const;
const storedColumns = Object.keys(storedTypes) as (keyof typeof storedTypes)[];
const messageTypes = { ...storedTypes, body_from: 'int', body_length: 'int' };

/** `bodyFrom`: where its body begins among those of the batch, counted from 1. */
const messageRow = ({ envelope, body, conflictOf }: Placed, bodyFrom: number) => ({
  tenant: envelope.tenant,
  id: envelope.id,
  type: envelope.type,
  kind: envelope.kind,
  source: envelope.source,
  sender_id: envelope.senderId,
  subject: envelope.subject,
  time: envelope.time,
  accepted_at: momentOf(envelope.acceptedAt),
  expires_at: momentOrNull(envelope.expiresAt),
  digest: envelope.digest,
  verwerking: envelope.verwerking,
  traceparent: envelope.traceparent,
  correlation_id: envelope.correlationId,
  causation_id: envelope.causationId,
  conflict_of: conflictOf,
  body_from: bodyFrom,
  body_length: body && body.length,
});

/** Bodies leave as one value, in bytes: each in an array would leave as text of twice its length. */
const messagesOf = (placed: readonly Placed[]) => {
  let from = 1;
  const rows = placed.map((one) => {
    const row = messageRow(one, from);
    from += one.body?.length ?? 0;
    return row;
  });
  const bodies = Buffer.concat(placed.flatMap(({ body }) => body ?? []));
  return sql`select ${sql.join(storedColumns.map((column) => sql.ref(`n.${column}`)))},
      ${standing(sql.ref('n.tenant'), sql.ref('n.id'))},
      substring(${bodies}::bytea from n.body_from for n.body_length)
    from ${tableOf('n', messageTypes, rows)}`;
};

/** Where the earlier acceptance comes later, its own facts count; what belongs to the content is the same in both. */
const facts = [
  'time',
  'accepted_at',
  'expires_at',
  'verwerking',
  'traceparent',
  'correlation_id',
  'causation_id',
] as const;

const earlier = (column: (typeof facts)[number]) =>
  sql`case when excluded.accepted_at < message.accepted_at
    then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`message.${column}`)} end`;

/**
 * Stores contents, each under the id that it was given; what is new stands where its targets stand by now. Throws `Crossed`.
 */
export const upsertMessages = async (trx: Scoped, placed: readonly Placed[]): Promise<void> => {
  if (placed.length === 0) return;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('monitoring.message')
    .columns([...storedColumns, 'status', 'body'])
    .expression(messagesOf(placed))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'id'])
        .doUpdateSet({
          ...Object.fromEntries(facts.map((column) => [column, earlier(column)])),
          body: sql<Buffer>`coalesce(message.body, excluded.body)`,
          conflict_of: sql<string>`coalesce(message.conflict_of, excluded.conflict_of)`,
        })
        .whereRef('message.digest' as never, '=', 'excluded.digest' as never),
    )
    .executeTakeFirstOrThrow();
  if (Number(numInsertedOrUpdatedRows) !== placed.length) throw new Crossed();
};

/** Another collector stored other content under the same id at the same moment: tried again, both are seen. */
export class Crossed extends Error {
  constructor() {
    super('another collector stored other content under the same id meanwhile');
    this.name = 'Crossed';
  }
}

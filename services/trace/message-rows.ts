import type { Selectable } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Tables } from '#runtime/tables.js';

/** All columns of a message but its sealed body. */
export const messageColumns = [
  'tenant',
  'id',
  'type',
  'kind',
  'source',
  'sender_id',
  'subject',
  'time',
  'accepted_at',
  'expires_at',
  'digest',
  'status',
  'verwerking',
  'traceparent',
  'correlation_id',
  'causation_id',
  'conflict_of',
  'collected_at',
] as const;

export type MessageRow = Omit<Selectable<Tables['monitoring.message']>, 'body' | 'body_bytes'>;
export type TargetRow = Selectable<Tables['monitoring.target']>;
export type StepRow = Selectable<Tables['monitoring.step']>;

/** Everything known of one message but its body: targets by name, steps oldest first. */
export interface MessageRows {
  readonly message: MessageRow;
  readonly targets: readonly TargetRow[];
  readonly steps: readonly StepRow[];
  /** Ids of the messages that came with other content under its source and id. */
  readonly conflicts: readonly string[];
}

/** Reads one message of the tenant that the transaction is scoped to; null where it has none with that id. */
export const readMessageRows = async (trx: Scoped, id: string): Promise<MessageRows | null> => {
  const message = await trx
    .selectFrom('monitoring.message')
    .select(messageColumns)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!message) return null;
  const targets = await trx
    .selectFrom('monitoring.target')
    .selectAll()
    .where('message', '=', id)
    .orderBy('target')
    .execute();
  const steps = await trx
    .selectFrom('monitoring.step')
    .selectAll()
    .where('message', '=', id)
    .orderBy('at')
    .orderBy('sequence')
    .execute();
  const others = await trx
    .selectFrom('monitoring.message')
    .select('id')
    .where('conflict_of', '=', id)
    .orderBy('accepted_at')
    .execute();
  return { message, targets, steps, conflicts: others.map((other) => other.id) };
};

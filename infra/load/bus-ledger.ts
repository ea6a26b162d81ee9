import type { Pool } from 'pg';
import { grouped, keyOf, type Kept, type Standing } from './ledger.js';

interface MessageRow {
  readonly tenant: string;
  readonly id: string;
  readonly source: string;
  readonly sender_id: string;
  readonly subject: string;
  readonly causation_id: string | null;
  readonly conflict_of: string | null;
}

interface TargetRow extends Standing {
  readonly tenant: string;
  readonly message: string;
}

/** What the bus itself wrote down of every message; `database` is the pool of an administrator. */
export const readKept = async (database: Pool): Promise<Kept[]> => {
  const messages = await database.query<MessageRow>(
    `select tenant, id, source, sender_id, subject, causation_id, conflict_of
     from monitoring.message order by accepted_at`,
  );
  const targets = await database.query<TargetRow>(
    'select tenant, message, target, status, code from monitoring.target',
  );
  const standings = grouped(targets.rows, ({ tenant, message }) => keyOf(tenant, message));
  return messages.rows.map((row) => ({
    tenant: row.tenant,
    id: row.id,
    source: row.source,
    senderId: row.sender_id,
    subject: row.subject,
    causationId: row.causation_id,
    conflictOf: row.conflict_of,
    standings: standings.get(keyOf(row.tenant, row.id)) ?? [],
  }));
};

const counts: Readonly<Record<string, string>> = {
  'messages have not ended': `select count(*) from monitoring.target
    where status not in ('delivered', 'parked', 'expired', 'discarded')`,
  'messages wait for delivery': "select count(*) from delivery.waiting where state <> 'parked'",
  'attempts have not ended': 'select count(*) from delivery.effect where busy_until is not null',
  'messages lie in a postvak':
    'select count(*) from delivery.postvak where acknowledged_at is null',
};

/** What is still under way in the database, in words; empty where nothing is. */
export const stillUnderWay = async (database: Pool): Promise<string[]> => {
  const found = await Promise.all(
    Object.entries(counts).map(async ([words, statement]) => {
      const { rows } = await database.query<{ count: string }>(statement);
      return { words, count: Number(rows[0]?.count ?? 0) };
    }),
  );
  return found.filter(({ count }) => count > 0).map(({ words, count }) => `${count} ${words}`);
};

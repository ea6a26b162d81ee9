import { sql, type Selectable } from 'kysely';
import type { KeysOf } from '#bus/audit.js';
import type { Envelope } from '#bus/envelope.js';
import type { Scoped } from '#runtime/database.js';
import { tableOf } from '#runtime/rows.js';
import type { Tables } from '#runtime/tables.js';
import { conflictOf, contenderOf, firstAccepted, merged, type Content } from './contents.js';
import { asConflict } from './reseal.js';

/** A content with the message it conflicts with, null where it stands under its own id. */
export interface Placed extends Content {
  readonly conflictOf: string | null;
  /** Nothing of it is to be written: the same acceptance is stored, with all that has come of it here. */
  readonly stored: boolean;
}

interface StoredRow {
  readonly tenant: string;
  readonly id: string;
  readonly digest: string;
  readonly accepted_at: Date;
  readonly has_body: boolean;
}

const groupKey = ({ tenant, id }: { readonly tenant: string; readonly id: string }): string =>
  `${tenant}|${id}`;

const grouped = (contents: readonly Content[]): Map<string, Content[]> => {
  const groups = new Map<string, Content[]>();
  for (const content of contents) {
    const key = groupKey(content.envelope);
    groups.set(key, [...(groups.get(key) ?? []), content]);
  }
  return groups;
};

/** Locks and reads what is stored under the ids of the batch, in one order. */
const readStored = async (
  trx: Scoped,
  contents: readonly Content[],
): Promise<ReadonlyMap<string, StoredRow>> => {
  const keys = contents.map(({ envelope: { tenant, id } }) => ({ tenant, id }));
  const { rows } = await sql<StoredRow>`
    select m.tenant, m.id, m.digest, m.accepted_at, m.body is not null as has_body
    from ${tableOf('k', { tenant: 'text', id: 'uuid' }, keys)}
    join monitoring.message m on m.tenant = k.tenant and m.id = k.id
    order by m.tenant, m.id for update of m`.execute(trx);
  return new Map(rows.map((row) => [groupKey(row), row]));
};

/** Takes a stored message out, to be put back under another id: content accepted before it has come. */
const takeOut = async (trx: Scoped, stored: StoredRow): Promise<Content> => {
  // It is counted anew where it is put back.
  await sql`select set_config('app.moving', 'on', true)`.execute(trx);
  const row = await trx
    .deleteFrom('monitoring.message')
    .where('tenant', '=', stored.tenant)
    .where('id', '=', stored.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await sql`select set_config('app.moving', 'off', true)`.execute(trx);
  const targets = await trx
    .selectFrom('monitoring.target')
    .select('target')
    .where('tenant', '=', stored.tenant)
    .where('message', '=', stored.id)
    .execute();
  await trx
    .deleteFrom('monitoring.target')
    .where('tenant', '=', stored.tenant)
    .where('message', '=', stored.id)
    .where('sequence', '=', 0)
    .execute();
  const names = targets.map(({ target }) => target);
  // The body comes with the record of the door.
  return { envelope: envelopeOf(row, names), body: row.body, promised: row.body ? names : [] };
};

const kinds = ['command', 'question', 'answer'] as const;

const envelopeOf = (
  row: Selectable<Tables['monitoring.message']>,
  targets: readonly string[],
): Envelope => ({
  version: 1,
  id: row.id,
  tenant: row.tenant,
  type: row.type,
  kind: kinds.find((kind) => kind === row.kind) ?? 'event',
  source: row.source,
  senderId: row.sender_id,
  subject: row.subject,
  time: row.time,
  acceptedAt: row.accepted_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  digest: row.digest,
  targets,
  verwerking: row.verwerking,
  traceparent: row.traceparent ?? '',
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  origin: null,
});

/** Which of several contents keeps the id: the one accepted first. The others go under ids of their own. */
const placedApart = async (
  trx: Scoped,
  group: readonly Content[],
  context: { readonly stored: StoredRow | undefined; readonly keysOf: KeysOf },
): Promise<Placed[]> => {
  const { stored, keysOf } = context;
  const there = stored ? [{ digest: stored.digest, acceptedMs: stored.accepted_at.getTime() }] : [];
  const winner = firstAccepted([...group.map(contenderOf), ...there]);
  const moved = stored && stored.digest !== winner ? [await takeOut(trx, stored)] : [];
  return [...group, ...moved].map((content) =>
    content.envelope.digest === winner
      ? { ...content, conflictOf: null, stored: false }
      : {
          ...asConflict(content, keysOf(content.envelope.tenant)),
          conflictOf: content.envelope.id,
          stored: false,
        },
  );
};

const isStored = ({ envelope, body }: Content, there: StoredRow | undefined): boolean =>
  there?.accepted_at.getTime() === Date.parse(envelope.acceptedAt) &&
  (body === null || there.has_body);

/** Gives each content the id it is stored under: its own, or one derived from its digest where its own is taken. */
export const arrange = async (
  trx: Scoped,
  contents: readonly Content[],
  keysOf: KeysOf,
): Promise<Placed[]> => {
  const stored = await readStored(trx, contents);
  const placed: Placed[] = [];
  for (const [key, group] of grouped(contents)) {
    const there = stored.get(key);
    const [only] = group;
    const alone = group.length === 1 && (!there || there.digest === only?.envelope.digest);
    if (alone && only) {
      const stored = isStored(only, there);
      placed.push({ ...only, conflictOf: conflictOf(only.envelope), stored });
    } else placed.push(...(await placedApart(trx, group, { stored: there, keysOf })));
  }
  return onePerMessage(placed);
};

/** The same conflict may have come twice: as the gateway published it, and as delivery parked it. */
const onePerMessage = (placed: readonly Placed[]): Placed[] => {
  const byId = new Map<string, Placed>();
  for (const one of placed) {
    const key = groupKey(one.envelope);
    const other = byId.get(key);
    const both = other && { ...merged(other, one), conflictOf: one.conflictOf, stored: false };
    byId.set(key, both ?? one);
  }
  return [...byId].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
};

import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import { isBusId } from './recognise.js';

/** A message among those that hang together, without its content. */
export interface Relative {
  readonly tenant: string;
  readonly id: string;
  readonly type: string;
  readonly kind: string;
  readonly status: string;
  readonly source: string;
  readonly acceptedAt: string;
  /** The message that caused it; null where nothing on the bus did. */
  readonly causationId: string | null;
}

interface Row extends Omit<Relative, 'acceptedAt' | 'causationId'> {
  readonly accepted_at: Date;
  readonly causation_id: string | null;
}

const columns = sql`m.tenant, m.id, m.type, m.kind, m.status, m.source, m.accepted_at, m.causation_id`;

/** More than this hangs together nowhere but in an accident. */
const mostRelatives = 200;
const mostGenerations = 30;
const mostAboutSubject = 50;

const relativeOf = ({ accepted_at, causation_id, ...row }: Row): Relative => ({
  ...row,
  acceptedAt: accepted_at.toISOString(),
  causationId: causation_id,
});

const rowsWhere = async (trx: Scoped, condition: ReturnType<typeof sql>): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select ${columns} from monitoring.message m where ${condition} order by m.accepted_at, m.id limit ${mostRelatives}`.execute(
    trx,
  );
  return rows;
};

/** The first cause that the bus knows. */
const rootOf = async (trx: Scoped, of: Row): Promise<Row> => {
  const seen = new Set([of.id]);
  let root = of;
  while (root.causation_id !== null && isBusId(root.causation_id) && seen.size < mostGenerations) {
    const [cause] = await rowsWhere(
      trx,
      sql`m.tenant = ${of.tenant} and m.id = ${root.causation_id}::uuid`,
    );
    if (!cause || seen.has(cause.id)) return root;
    seen.add(cause.id);
    root = cause;
  }
  return root;
};

/** Everything that follows from the first cause of a message, oldest first in each generation: one tree. */
export const familyOf = async (
  trx: Scoped,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<readonly Relative[]> => {
  const [self] = await rowsWhere(trx, sql`m.tenant = ${tenant} and m.id = ${id}::uuid`);
  if (!self) return [];
  const root = await rootOf(trx, self);
  const found = new Map([[root.id, root]]);
  for (let young = [root.id]; young.length > 0 && found.size < mostRelatives;) {
    const children = await rowsWhere(
      trx,
      sql`m.tenant = ${tenant} and m.causation_id = any(${young}::text[])`,
    );
    young = children.map((child) => child.id).filter((child) => !found.has(child));
    for (const child of children) found.set(child.id, found.get(child.id) ?? child);
  }
  return [...found.values()].map(relativeOf);
};

/** The newest messages about the same thing. */
export const aboutSubject = async (
  trx: Scoped,
  { tenant, subject }: { readonly tenant: string; readonly subject: string },
): Promise<readonly Relative[]> => {
  const { rows } = await sql<Row>`
    select ${columns} from monitoring.message m where m.tenant = ${tenant} and m.subject = ${subject}
    order by m.accepted_at desc, m.id desc limit ${mostAboutSubject}`.execute(trx);
  return rows.map(relativeOf);
};

/**
 * The same message at other tenants: one that is handed over enters there with our id as its sender's. As far as whoever asks
 * reaches them: of another tenant nobody learns even that it is there.
 */
export const handedOver = async (
  trx: Scoped,
  message: { readonly tenant: string; readonly id: string; readonly senderId: string },
  tenants: readonly string[],
): Promise<{ readonly from: Relative | null; readonly to: readonly Relative[] }> => {
  const others = sql`m.tenant = any(${tenants.filter((tenant) => tenant !== message.tenant)}::text[])`;
  const [from] = isBusId(message.senderId)
    ? await rowsWhere(trx, sql`${others} and m.id = ${message.senderId}::uuid`)
    : [];
  const to = await rowsWhere(trx, sql`${others} and m.sender_id = ${message.id}`);
  return { from: from ? relativeOf(from) : null, to: to.map(relativeOf) };
};

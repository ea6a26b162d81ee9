import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import { pseudonymsOf } from '#tenants/pseudonym.js';
import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';
import { recordAction } from '../action.js';
import type { ConsultationsDto } from './consultation.dto.js';

/** A question as the register tells it. */
interface Line {
  readonly id: string;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
  readonly message: string | null;
  readonly reference: string;
  readonly target: string;
  readonly connector: string;
  readonly operation: string;
  readonly type: string;
  readonly service: string;
  readonly application: string;
  readonly official: string | null;
  readonly capacity: string | null;
  readonly verwerking: string | null;
  readonly outcome: string | null;
  readonly code: string | null;
  /** Pseudonyms. */
  readonly about: readonly string[];
  readonly found: readonly string[];
}

/** `asked_at` to the microsecond, which a Date does not hold. */
type Row = Line & { readonly position: string };

const cursorText = ({ position, id }: Row): string =>
  Buffer.from(`${position}|${id}`).toString('base64url');

const cursorOf = (text: string): readonly [string, string] => {
  const [position = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  if (!/^[\d :.+-]{19,40}$/.test(position) || !/^[0-9a-f-]{36}$/.test(id))
    throw new ProblemError('bad-request', tell('cursor'));
  return [position, id];
};

const subjects = (found: boolean) => sql`array(
  select s.pseudonym from delivery.consultation_subject s
  where s.tenant = c.tenant and s.consultation = c.id and s.found = ${found} order by 1)`;

const isAbout = (pseudonyms: readonly string[]) => sql`and exists (
  select from delivery.consultation_subject s
  where s.tenant = c.tenant and s.pseudonym = any(${[...pseudonyms]}::text[]) and s.consultation = c.id)`;

const linesOf = async (
  trx: Scoped,
  { tenant, from, to, cursor, limit }: ConsultationsDto,
  pseudonyms: readonly string[] | null,
): Promise<Row[]> => {
  const after = cursor === undefined ? null : cursorOf(cursor);
  const { rows } = await sql<Row>`
    select c.id, c.asked_at as "askedAt", c.ended_at as "endedAt", c.message, c.reference, c.target, c.connector,
      c.operation, c.type, c.service, c.application, c.official, c.capacity, c.verwerking, c.outcome, c.code,
      ${subjects(false)} as about, ${subjects(true)} as found, c.asked_at::text as position
    from delivery.consultation c
    where c.tenant = ${tenant} and c.asked_at >= ${new Date(from)} and c.asked_at < ${new Date(to)}
      ${pseudonyms ? isAbout(pseudonyms) : sql``}
      ${after ? sql`and (c.asked_at, c.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.asked_at, c.id limit ${limit + 1}`.execute(trx);
  return rows;
};

/**
 * A page of a tenant's register of questions to authentic sources, oldest first. That it was read, by whom, why and which
 * part, is recorded in the same transaction. Throws `ProblemError`.
 */
export const readConsultations = async (
  { database, directory }: { readonly database: Database; readonly directory: () => Directory },
  operator: string,
  wish: ConsultationsDto,
) => {
  const { tenant, from, to, about, reason, limit } = wish;
  const known = directory().tenants.get(tenant);
  if (!known && about !== undefined)
    throw new ProblemError('gone', tell('register-unreadable', { tenant }));
  const pseudonyms = known && about !== undefined ? pseudonymsOf(about, known.bodyKeys) : null;
  const rows = await database.scoped(tenant, async (trx) => {
    const subject = { from, to, ...(pseudonyms && { about: pseudonyms.join(' ') }) };
    await recordAction(trx, { tenant, operator, action: 'read-register', reason, subject });
    const lines = await linesOf(trx, wish, pseudonyms);
    // The register of a tenant that has gone stays.
    if (known || lines.length > 0) return lines;
    throw new ProblemError('not-found', tell('register-empty', { tenant }));
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    consultations: shown.map((row) => ({ ...row, position: undefined })),
    next: rows.length > shown.length && last ? cursorText(last) : null,
  };
};

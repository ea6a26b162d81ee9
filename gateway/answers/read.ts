import { Refusal } from '#intake/refusal.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { Access } from '../access/access.js';
import { readKept, type KeptQuestion } from './store.js';
import { openAnswer } from './waiting.js';

const notFound = (): Refusal => new Refusal('not-found', 404);
const pastItsTime = (): Refusal => new Refusal('expired', 410);

/** Who may ask may read: throws 403 for any other application of the tenant. */
const requireAsker = ({ credential }: Access, asked: { type: string; source: string }): void => {
  const allows = (list: readonly string[], value: string): boolean =>
    list.includes('*') || list.includes(value);
  if (allows(credential.types, asked.type) && allows(credential.sources, asked.source)) return;
  throw new Refusal('forbidden', 403, { params: { variant: 'answer' } });
};

/** What the trace says of a question of which nothing is kept. */
const readTraced = (trx: Scoped, id: string) =>
  trx
    .selectFrom('monitoring.message')
    .select(['type', 'source', 'status', 'expires_at'])
    .where('id', '=', id)
    .where('kind', '=', 'question')
    .executeTakeFirst();

const keptAnswer = (access: Access, kept: KeptQuestion): Buffer => {
  requireAsker(access, kept);
  const { id, answer, state } = kept;
  if (id !== null && answer) return openAnswer({ id, answer }, access.tenant);
  throw state === 'asked' ? notFound() : pastItsTime();
};

/**
 * The CloudEvent that answers a question of this caller, null where the tenant has no question with this id. Throws 403
 * for another application, 404 where there is no answer yet, 410 where there is none any more.
 */
export const readQuestionAnswer = async (
  database: Database,
  access: Access,
  id: string,
): Promise<Buffer | null> => {
  const { kept, traced } = await database.scoped(access.tenant.id, async (trx) => {
    const found = await readKept(trx, id);
    return { kept: found, traced: found ? undefined : await readTraced(trx, id) };
  });
  if (kept) return keptAnswer(access, kept);
  if (!traced) return null;
  requireAsker(access, traced);
  const ended = traced.status === 'delivered' || traced.status === 'expired';
  if (ended || (traced.expires_at?.getTime() ?? Infinity) < Date.now()) throw pastItsTime();
  throw notFound();
};

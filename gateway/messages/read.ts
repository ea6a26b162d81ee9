import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#intake/refusal.js';
import { messageTypes } from '#oslo/catalogue.js';
import type { Database, Scoped } from '#runtime/database.js';
import { open } from '#runtime/keys.js';
import type { Tenant } from '#tenants/directory.js';
import { readMessageRows } from '#trace/message-rows.js';
import type { Access } from '../access/access.js';
import { readQuestionAnswer } from '../answers/read.js';
import { statusView } from './view.js';

const collectorMs = 2_000;
const askAgainMs = 100;
/** A message id, as it is written or in capitals. */
export const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const notFound = (): Refusal => new Refusal('not-found', 404);

/** Where a message of the tenant is. Waits up to 2 s for the collector, then throws 404. */
export const readStatus = async (
  database: Database,
  tenant: Tenant,
  id: string,
): Promise<ReturnType<typeof statusView>> => {
  if (!uuid.test(id)) throw notFound();
  const deadline = performance.now() + collectorMs;
  for (;;) {
    const rows = await database.scoped(tenant.id, (trx) => readMessageRows(trx, id));
    if (rows) return statusView(rows);
    if (performance.now() > deadline) throw notFound();
    await pause(askAgainMs);
  }
};

/** The message that answers a command, as the trace has it. */
const tracedAnswer = async (trx: Scoped, id: string) => {
  const asked = await trx
    .selectFrom('monitoring.message')
    .select(['type'])
    .where('id', '=', id)
    .executeTakeFirst();
  const type = asked && messageTypes.get(asked.type)?.answer;
  if (!type) return undefined;
  return trx
    .selectFrom('monitoring.message')
    .select(['id', 'body'])
    .where('causation_id', '=', id)
    .where('type', '=', type)
    .orderBy('accepted_at', 'desc')
    .executeTakeFirst();
};

/** The CloudEvent that answers a command or question. Throws 403, 404 where there is none (yet), 410 past its time. */
export const readAnswer = async (
  database: Database,
  access: Access,
  id: string,
): Promise<Buffer> => {
  if (!uuid.test(id)) throw notFound();
  const answered = await readQuestionAnswer(database, access, id);
  if (answered) return answered;
  const { tenant } = access;
  const found = await database.scoped(tenant.id, (trx) => tracedAnswer(trx, id));
  if (!found?.body) throw notFound();
  return open(found.body, tenant.bodyKeys, `${tenant.id}|${found.id}`);
};

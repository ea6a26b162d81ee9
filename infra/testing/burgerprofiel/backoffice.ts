import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { attestenContext, attestenOpgevraagd } from '#oslo/attesten/types.js';
import type { Envelope } from '#bus/envelope.js';
import { seal } from '#runtime/keys.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { queueDepth, takeFrom } from '../broker.js';
import type { TestGateway } from '../gateway.js';
import { until } from '../until.js';

/** What the broker saw of a question: everything but its sealed body. */
export type SeenQuestion = Readonly<Record<string, unknown>>;

const tenant = 'aalter';
const queue = `q.${tenant}.attesten`;

/** Answers the next question about attesten as delivery does for the back office of Aalter; tells what could be read on the way. */
export const answerNext = async (
  gateway: TestGateway,
  attest: readonly object[],
): Promise<SeenQuestion> => {
  // The queue is made by the first question.
  await until(() => queueDepth(gateway.vhost, queue), { what: 'a question about attesten' });
  const { properties, fields } = await takeFrom(gateway.vhost, queue);
  const envelope = JSON.parse(String(properties.headers?.['lb-envelope'])) as Envelope;
  const keys = await gateway.bodyKeysOf(tenant);
  const id = randomUUID();
  const data = { '@context': attestenContext, '@type': 'Attestenlijst', attest };
  const plain = Buffer.from(JSON.stringify({ type: attestenOpgevraagd.type, data }), 'utf8');
  const answer = seal(plain, keys, `${tenant}|${id}`);
  const database = openOwnerDatabase(gateway.database.url);
  await database.scoped(tenant, async (trx) => {
    await sql`
      insert into delivery.question (tenant, message, target, type, source, digest, accepted_at, state, outcome,
        answer, answer_envelope, keep_until)
      values (${tenant}, ${envelope.id}, 'attesten', ${envelope.type}, ${envelope.source},
        ${envelope.digest}, now(), 'answered', 'delivered', ${answer},
        ${JSON.stringify({ id })}, now() + interval '1 hour')`.execute(trx);
    await sql`select pg_notify('lbbus_answer', ${`${tenant}/${envelope.id}`})`.execute(trx);
  });
  await database.close();
  return { fields, properties };
};

/** How the questions of a tenant stand. */
export const questionStates = async (
  gateway: TestGateway,
  of: string,
): Promise<readonly string[]> => {
  const database = openOwnerDatabase(gateway.database.url);
  const { rows } = await database.scoped(of, (trx) =>
    sql<{ state: string }>`select state from delivery.question where tenant = ${of}`.execute(trx),
  );
  await database.close();
  return rows.map(({ state }) => state);
};

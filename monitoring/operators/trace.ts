import type { Database } from '#runtime/database.js';
import { ProblemError } from '../problems/problem.js';
import { lineOf, messageColumns } from './search.js';

/** Everything known of one message but its body: targets with every step, oldest first. Throws `ProblemError`. */
export const readTrace = (database: Database, tenant: string, id: string) =>
  database.scoped(tenant, async (trx) => {
    const message = await trx
      .selectFrom('monitoring.message')
      .select(messageColumns)
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!message) throw new ProblemError('not-found', `Tenant ${tenant} has no message ${id}`);
    const targets = await trx
      .selectFrom('monitoring.target')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('message', '=', id)
      .orderBy('target')
      .execute();
    const steps = await trx
      .selectFrom('monitoring.step')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('message', '=', id)
      .orderBy('at')
      .orderBy('sequence')
      .execute();
    const conflicts = await trx
      .selectFrom('monitoring.message')
      .select('id')
      .where('tenant', '=', tenant)
      .where('conflict_of', '=', id)
      .orderBy('accepted_at')
      .execute();
    return {
      ...lineOf(message),
      traceparent: message.traceparent,
      correlationId: message.correlation_id,
      causationId: message.causation_id,
      verwerking: message.verwerking,
      conflicts: conflicts.map((other) => other.id),
      targets: targets.map((target) => ({
        target: target.target,
        status: target.status,
        code: target.code,
        externalId: target.external_id,
        nextAttemptAt: target.next_attempt_at?.toISOString() ?? null,
        acknowledgedAt: target.acknowledged_at?.toISOString() ?? null,
        steps: steps
          .filter((step) => step.target === target.target)
          .map((step) => ({
            at: step.at.toISOString(),
            sequence: step.sequence,
            connector: step.connector,
            operation: step.operation,
            outcome: step.outcome,
            durationMs: step.duration_ms,
            code: step.code,
            detail: step.detail,
          })),
      })),
    };
  });

export type Trace = Awaited<ReturnType<typeof readTrace>>;

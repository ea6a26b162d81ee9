import type { Database } from '#runtime/database.js';
import { readMessageRows } from '#trace/message-rows.js';
import { ProblemError } from '../problems/problem.js';
import { lineOf } from './search.js';

/** Everything known of one message but its body: targets with every step, oldest first. Throws `ProblemError`. */
export const readTrace = (database: Database, tenant: string, id: string) =>
  database.scoped(tenant, async (trx) => {
    const rows = await readMessageRows(trx, id);
    if (!rows) throw new ProblemError('not-found', `Tenant ${tenant} has no message ${id}`);
    const { message, targets, steps, conflicts } = rows;
    return {
      ...lineOf(message),
      traceparent: message.traceparent,
      correlationId: message.correlation_id,
      causationId: message.causation_id,
      verwerking: message.verwerking,
      conflicts,
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

import { sql } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Directory, Tenant } from '#tenants/directory.js';
import {
  readMessageRows,
  type MessageRows,
  type StepRow,
  type TargetRow,
} from '#trace/message-rows.js';
import type { Reach } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { recordAddress, type Reachable } from './addresses.js';
import { aboutSubject, familyOf, handedOver } from './family.js';
import { ordersAbout } from './orders-about.js';
import { lineOf } from './search.js';
import { standingNow, type StandingNow } from './standing-now.js';
import { knownAs } from './systems.js';

/** Whose trace is read, by whom. */
export interface TraceWanted {
  readonly tenant: string;
  readonly id: string;
  /** Tenants at which the same message may be shown. */
  readonly reach: Reach;
}

/** What a trace is read from. */
export interface TraceFrom extends Reachable {
  readonly database: Database;
  readonly directory: Directory;
}

const stepOf = (step: StepRow) => ({
  at: step.at.toISOString(),
  sequence: step.sequence,
  connector: step.connector,
  operation: step.operation,
  outcome: step.outcome,
  durationMs: step.duration_ms,
  code: step.code,
  detail: step.detail,
  /** What the attempt asked of the system, in order. */
  calls: step.calls ?? [],
});

interface Known {
  readonly within: Reachable;
  readonly steps: readonly StepRow[];
  readonly tenant: Tenant | undefined;
}

/** Of an instance that was taken away the steps still tell it. */
const connectorOf = (target: string, { steps, tenant }: Known): string | null =>
  tenant?.connectors.get(target)?.connector ?? steps.at(-1)?.connector ?? null;

const momentOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const addressAt = ({ target, external_id }: TargetRow, { tenant, within }: Known) => {
  const instance = tenant?.connectors.get(target);
  return instance && external_id !== null ? recordAddress(instance, external_id, within) : null;
};

const targetOf = (
  target: TargetRow,
  { steps, standing, tenant, within }: Known & { readonly standing: StandingNow | undefined },
) => ({
  target: target.target,
  connector: connectorOf(target.target, { steps, tenant, within }),
  status: target.status,
  code: target.code,
  externalId: target.external_id,
  /** Where a person sees it in the system itself. */
  address: addressAt(target, { steps, tenant, within }),
  nextAttemptAt: momentOf(target.next_attempt_at),
  acknowledgedAt: momentOf(target.acknowledged_at),
  standing: standing ?? null,
  steps: steps.map(stepOf),
});

const bodyIsKept = async (trx: Scoped, { tenant, id }: TraceWanted): Promise<boolean> => {
  const { rows } = await sql<{ kept: boolean }>`
    select body is not null as kept from monitoring.message where tenant = ${tenant} and id = ${id}::uuid`.execute(
    trx,
  );
  return rows[0]?.kept ?? false;
};

const messageOf = ({ message, conflicts }: MessageRows) => ({
  ...lineOf(message),
  time: message.time,
  traceparent: message.traceparent,
  correlationId: message.correlation_id,
  causationId: message.causation_id,
  verwerking: message.verwerking,
  conflicts,
});

const ownTrace = ({ database, directory, ...within }: TraceFrom, wanted: TraceWanted) =>
  database.scoped(wanted.tenant, async (trx) => {
    const rows = await readMessageRows(trx, wanted.id);
    if (!rows)
      throw new ProblemError(
        'not-found',
        tell('message-unknown', { tenant: wanted.tenant, message: wanted.id }),
      );
    const tenant = directory.tenants.get(wanted.tenant);
    const { subject } = rows.message;
    const standing = await standingNow(trx, wanted);
    return {
      ...messageOf(rows),
      bodyKept: await bodyIsKept(trx, wanted),
      targets: rows.targets.map((target) =>
        targetOf(target, {
          steps: rows.steps.filter((step) => step.target === target.target),
          standing: standing.get(target.target),
          tenant,
          within,
        }),
      ),
      orders: await ordersAbout(trx, wanted),
      family: await familyOf(trx, wanted),
      aboutSubject: await aboutSubject(trx, { tenant: wanted.tenant, subject }),
      systems: tenant ? await knownAs(trx, subject, tenant, within) : [],
    };
  });

/**
 * Everything known of one message but its body: every step at every target, how it stands now, what operators ordered, what
 * caused it and what followed, the same thing in each system, and the same message at other tenants that are reached.
 * Throws `ProblemError`.
 */
export const readTrace = async (from: TraceFrom, wanted: TraceWanted) => {
  const trace = await ownTrace(from, wanted);
  const tenants = [...(wanted.reach ?? from.directory.tenants.keys())];
  const elsewhere = await from.database.scoped('*', (trx) => handedOver(trx, trace, tenants));
  return { ...trace, handedOver: elsewhere };
};

export type Trace = Awaited<ReturnType<typeof readTrace>>;

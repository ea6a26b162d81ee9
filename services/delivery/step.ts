import type { Call, StepRecord } from '#bus/records.js';
import { namedUuid } from '#runtime/named-uuid.js';
import type { Line } from './line.js';
import type { Recorded } from './store/recorded.js';

const idOver = namedUuid('b0c7a6f8-1f0e-5c53-8f57-0d2c6c1e9a41');

/** The same step told twice has the same id: it counts once. */
export const stepIdOf = (message: string, target: string, sequence: number): string =>
  idOver([message, target, sequence]);

/** Who did it and how long it took. */
export interface Doing {
  /** Id of the connector definition. */
  readonly connector: string;
  readonly operation: string | null;
  readonly durationMs: number;
  readonly calls?: readonly Call[];
}

/** The audit record of what was written. `remark` is added to its words. */
export const stepOf = (
  line: Line,
  recorded: Recorded,
  doing: Doing,
  remark: string | null = null,
): StepRecord => {
  const { shipment, sequence, at, outcome, status, code, externalId, conflictOf } = recorded;
  const words = [recorded.detail, remark].filter((text) => text !== null);
  return {
    record: 'step',
    stepId: stepIdOf(shipment.envelope.id, line.target, sequence),
    envelope: shipment.envelope,
    target: line.target,
    ...doing,
    bytes: shipment.body.length,
    sequence,
    at: at.toISOString(),
    outcome,
    status,
    code,
    detail: words.length === 0 ? null : words.join('. '),
    externalId,
    nextAttemptAt: recorded.nextAttemptAt?.toISOString() ?? null,
    conflictOf,
  };
};

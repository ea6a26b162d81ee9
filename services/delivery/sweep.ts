import { randomUUID } from 'node:crypto';
import { handOfRow } from './due.js';
import { announce } from './settle.js';
import { outcomeOfRow, type Recorded } from './store/recorded.js';
import { releaseRows } from './store/holds.js';
import { leaseUntold, type LeasedRow } from './store/rows.js';
import { busyMs } from './timing.js';
import { instanceOf, type Tools } from './tools.js';

const batch = 100;

type Step = Pick<Recorded, 'outcome' | 'status'> & Partial<Recorded>;

/** Tells a step of a row that is leased, as the row stands where `step` does not say otherwise, and lets go of it. */
export const tellRow = async (
  tools: Tools,
  row: LeasedRow,
  lease: string,
  step: Step,
): Promise<void> => {
  const hand = handOfRow(row, lease);
  const connector = instanceOf(tools, hand.line)?.connector ?? row.target;
  const recorded: Recorded = {
    shipment: hand.shipment,
    sequence: row.sequence,
    at: new Date(),
    code: row.code,
    detail: row.detail,
    externalId: null,
    nextAttemptAt: row.state === 'waiting' ? row.due_at : null,
    conflictOf: null,
    answer: null,
    news: false,
    stays: true,
    ...step,
  };
  await announce(tools, hand, recorded, { connector, operation: null, durationMs: 0 });
};

/** Takes rows in batches until there are no more, and tells the step of each. */
const tellAll = async (
  tools: Tools,
  take: (lease: { lease: string; leaseMs: number; limit: number }) => Promise<LeasedRow[]>,
  stepOf: (row: LeasedRow) => Step,
): Promise<void> => {
  for (let found = batch; found === batch;) {
    const lease = randomUUID();
    const rows = await take({ lease, leaseMs: busyMs(tools.timing), limit: batch });
    for (const row of rows) await tellRow(tools, row, lease, stepOf(row));
    found = rows.length;
  }
};

/** Held messages whose line was released are due again, in order; each is told. Throws where PostgreSQL is away. */
export const sweepReleased = (tools: Tools): Promise<void> =>
  tellAll(
    tools,
    (lease) => tools.database.scoped('*', (trx) => releaseRows(trx, lease)),
    () => ({ outcome: 'released', status: 'waiting' }),
  );

/** Steps that a process wrote and died before it told them are told. Throws where PostgreSQL is away. */
export const sweepUntold = (tools: Tools): Promise<void> =>
  tellAll(
    tools,
    (lease) => tools.database.scoped('*', (trx) => leaseUntold(trx, lease)),
    ({ state, code }) => ({ outcome: outcomeOfRow(state, code), status: state }),
  );

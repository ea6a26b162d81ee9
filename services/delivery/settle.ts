import { Refusal } from '#intake/refusal.js';
import { leavesAftermath, writeAftermath } from './aftermath.js';
import type { Attempted } from './attempt.js';
import { sealAnswer, unsealAnswer } from './body.js';
import type { Json } from '#kit/message.js';
import type { Kept } from '#kit/operation.js';
import { senderOf } from './derive.js';
import type { Hand, Ticket } from './hand.js';
import { sealKept } from './kept.js';
import type { Outcome } from './outcome.js';
import { stepOf, type Doing } from './step.js';
import { answerTold } from './store/effects.js';
import type { SealedKept } from './store/kept.js';
import { recordDelivered, recordFailed } from './store/record.js';
import type { Recorded } from './store/recorded.js';
import { dropRow, unleaseRow } from './store/rows.js';
import { tenantOf, type Tools } from './tools.js';

/** The end of an attempt, as it is to be settled. */
export interface Ended {
  readonly ticket: Ticket;
  readonly outcome: Outcome;
  readonly doing: Doing;
  readonly attempted: Attempted;
}

/**
 * The one place that acts: writes what became of a message in one transaction, publishes its answer, tells the step,
 * and lets go of the message last. So whatever dies in between, the message comes again and is told again, under the
 * same ids. While PostgreSQL or the broker is away it waits, with the message in hand.
 */
export const settle = async (tools: Tools, hand: Hand, ended: Ended): Promise<void> => {
  const recorded = await tools.patiently('write the outcome', () => record(tools, hand, ended));
  if (recorded) return announce(tools, hand, recorded, ended.doing);
  tools.log.warn(factsOf(hand), 'another has taken this message since: nothing was written');
  if (hand.origin.kind === 'queue') hand.origin.delivery.release();
};

const record = (
  tools: Tools,
  hand: Hand,
  { outcome, ticket, attempted }: Ended,
): Promise<Recorded | null> => {
  if (outcome.kind === 'delivered') {
    const answer = outcome.answer && sealedFor(tools, hand, outcome.answer);
    const kept = outcome.kept && keptFor(tools, hand, outcome.kept);
    const ended = { hand, ticket, outcome, answer, kept };
    if (!answer && !kept && !leavesAftermath(attempted))
      return tools.transactions.delivered.do(ended);
    return tools.database.scoped(hand.line.tenant, async (trx) => {
      await writeAftermath(trx, hand.line, attempted);
      return recordDelivered(trx, ended);
    });
  }
  return tools.database.scoped(hand.line.tenant, async (trx) => {
    await writeAftermath(trx, hand.line, attempted);
    return recordFailed(trx, hand, ticket, outcome);
  });
};

const sealedFor = (tools: Tools, { line, shipment }: Hand, event: Record<string, Json>): Buffer =>
  sealAnswer(shipment.envelope, event, tenantOf(tools, line).bodyKeys);

const keptFor = (tools: Tools, { line, shipment }: Hand, { value, days }: Kept): SealedKept => {
  const place = { ...line, subject: shipment.envelope.subject };
  return { sealed: sealKept(place, value, tenantOf(tools, line).bodyKeys), days };
};

/** Tells what was written and what else there is to tell (`beside`), then lets go of the message. */
export const announce = async (
  tools: Tools,
  hand: Hand,
  { beside, ...recorded }: Recorded & { readonly beside?: () => Promise<void> },
  doing: Doing,
): Promise<void> => {
  const remark = recorded.answer && (await tellAnswer(tools, hand, recorded.answer));
  const step = tools.patiently('tell the step', async () => {
    const { envelope, body } = recorded.shipment;
    if (recorded.conflictOf) await tools.audit.accepted({ record: 'accepted', envelope }, body);
    await tools.audit.step(stepOf(hand.line, recorded, doing, remark));
  });
  await Promise.all([step, beside?.()]);
  await letGo(tools, hand, recorded);
  if (recorded.news) count(tools, hand, recorded, doing);
};

const tellAnswer = async (tools: Tools, hand: Hand, sealed: Buffer): Promise<string | null> => {
  const remark = await publishAnswer(tools, hand, sealed);
  const { line, shipment } = hand;
  await tools.patiently('note that the answer was told', () =>
    tools.database.scoped(line.tenant, (trx) =>
      answerTold(trx, { line, message: shipment.envelope.id }),
    ),
  );
  return remark;
};

/** Answers a remark for the operator where the connector's answer is not fit to enter the bus. */
const publishAnswer = async (tools: Tools, hand: Hand, sealed: Buffer): Promise<string | null> => {
  const keys = tenantOf(tools, hand.line).bodyKeys;
  const event = unsealAnswer(hand.shipment.envelope, sealed, keys);
  const sender = senderOf(hand.line, typeof event['type'] === 'string' ? event['type'] : '');
  try {
    await tools.patiently('publish the answer', () => tools.accept(event, sender));
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reasons = error.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
    const facts = { ...factsOf(hand), code: error.code, reasons };
    tools.log.error(facts, 'an answer was refused by the bus');
    return `Its answer was refused by the bus: ${error.code}`;
  }
};

const letGo = async (tools: Tools, { line, origin }: Hand, { stays }: Recorded): Promise<void> => {
  if (origin.kind === 'queue') {
    origin.delivery.ack();
    return;
  }
  await tools.patiently('let go of the row', () =>
    tools.database.scoped(line.tenant, (trx) => (stays ? unleaseRow : dropRow)(trx, origin)),
  );
};

const factsOf = ({ line, shipment }: Hand) => ({ ...line, message: shipment.envelope.id });

type Counted = 'delivered' | 'retry' | 'rejected' | 'held' | 'expired';

/** As which end of an attempt an outcome counts; what ends none is not in it. */
const countedAs: Partial<Record<Recorded['outcome'], Counted>> = {
  delivered: 'delivered',
  retry: 'retry',
  rejected: 'rejected',
  parked: 'rejected',
  held: 'held',
  expired: 'expired',
};

/** That the other side has taken a message and works on it ends no attempt, and nothing went wrong. */
const endOf = ({ outcome, code }: Recorded): Counted | undefined =>
  outcome === 'retry' && code === 'in-progress' ? undefined : countedAs[outcome];

const count = (tools: Tools, hand: Hand, recorded: Recorded, doing: Doing): void => {
  const { line, shipment } = hand;
  const { outcome, code } = recorded;
  const { connector, operation, durationMs } = doing;
  const { metrics, log } = tools;
  const end = endOf(recorded);
  if (end) metrics.deliveries.inc({ tenant: line.tenant, connector: line.target, outcome: end });
  if (operation !== null)
    metrics.deliveryDuration.observe({ connector, operation }, durationMs / 1000);
  if (outcome === 'delivered') {
    const acceptedMs = Date.parse(shipment.envelope.acceptedAt);
    metrics.criticalTime.observe({ connector }, Math.max(0, Date.now() - acceptedMs) / 1000);
  }
  const { type } = shipment.envelope;
  log.info({ ...factsOf(hand), type, outcome, code, operation, durationMs }, 'settled');
};

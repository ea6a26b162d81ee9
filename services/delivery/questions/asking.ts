import { setTimeout as pause } from 'node:timers/promises';
import type { Derived } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import { Refusal } from '#intake/refusal.js';
import { attempt, type Attempted } from '../attempt.js';
import type { Connection } from '../connections.js';
import type { Trouble } from '../decide/trouble.js';
import { eventOf, senderOf } from '../derive.js';
import type { Leave } from '../gate.js';
import type { Hand, Ticket } from '../hand.js';
import { Stopping } from '../patience.js';
import { reachOf } from '../reach.js';
import { operationFor } from '../stages/choose.js';
import { workOf } from '../stages/stage.js';
import { tenantOf, type Tools } from '../tools.js';
import { cancelled, expired, refused, type Ending } from './ending.js';
import { answerId } from './negative.js';

const lookMs = 100;

/** A question being asked. */
export interface Asking {
  readonly tools: Tools;
  readonly hand: Hand;
  readonly connection: Connection;
  readonly redelivered: boolean;
  /** Aborted once whoever asked has gone. */
  readonly gone: AbortSignal;
  /** Until then it is asked again where that may help; on the clock of `Date.now()`. */
  readonly until: number;
}

/** How one attempt went: an end, or a failure after which it may be asked again. */
export type Tried =
  | { readonly kind: 'ended'; readonly ending: Ending; readonly by: Attempted | null }
  | { readonly kind: 'failed'; readonly by: Attempted; readonly retryAfterMs: number };

const ended = (ending: Ending, by: Attempted | null = null): Tried => ({
  kind: 'ended',
  ending,
  by,
});

/** Waits, at most until somebody leaves or the process stops. */
export const rest = async ({ gone, tools }: Asking, waitMs: number): Promise<void> => {
  const { stopping } = tools.questions;
  await pause(waitMs, undefined, { signal: AbortSignal.any([gone, stopping]) }).catch(
    () => undefined,
  );
  if (stopping.aborted) throw new Stopping();
};

/** Waits for the system to be back, as the questions before this one found it; or this one finds out. Null where time is over. */
const passCircuit = async (asking: Asking): Promise<Leave | null> => {
  const { tools, hand, until, gone } = asking;
  const { gate } = tools.questions;
  while (gate.phase(hand.line) === 'open') {
    if (gate.mayProbe(hand.line)) return gate.beginProbe(hand.line);
    if (gone.aborted || Date.now() >= until) return null;
    await rest(asking, lookMs);
  }
  return () => undefined;
};

/** Why this connector cannot answer this type at all; null where it can. */
const unfit = (connection: Connection, type: string): Ending | null => {
  if (connection instanceof Failure) return null;
  const chosen = operationFor(connection, type);
  if (chosen && chosen.operation.accepts !== 'any' && chosen.operation.answer) return null;
  return refused('unsupported', `${connection.connector.title} does not answer ${type}`);
};

const ticketOf = ({ redelivered }: Asking): Ticket => ({
  token: '',
  attempt: 1,
  formerCode: null,
  failingForMs: 0,
  redelivered,
  taken: null,
  reference: null,
  state: undefined,
  kept: null,
});

/** Nobody waits for it any more. */
export const hasGone = ({ gone }: Asking): boolean => gone.aborted;

/** Asks once, in a place of the line. */
export const tryOnce = async (asking: Asking): Promise<Tried> => {
  const { tools, hand, connection } = asking;
  const impossible = unfit(connection, hand.shipment.envelope.type);
  if (impossible) return ended(impossible);
  const probed = await passCircuit(asking);
  if (!probed)
    return ended(
      hasGone(asking)
        ? cancelled
        : refused('unavailable', `${hand.line.target} does not answer now`),
    );
  try {
    const leave = await tools.questions.gate.enter(hand.line);
    try {
      return await askNow(asking);
    } finally {
      leave();
    }
  } finally {
    probed();
  }
};

const askNow = async (asking: Asking): Promise<Tried> => {
  const { tools, hand, connection, gone } = asking;
  const { shipment, line } = hand;
  const remainingMs = Date.parse(shipment.envelope.expiresAt ?? '') - Date.now();
  if (hasGone(asking)) return ended(cancelled);
  if (remainingMs <= 0) return ended(expired);
  const tenant = tenantOf(tools, line);
  const begin = workOf({ shipment, ticket: ticketOf(asking), tenant, connection });
  const deadlineMs = Math.min(tools.timing.sendDeadlineMs, remainingMs);
  const by = await attempt(begin, reachOf(tools, tenant.id), { deadlineMs, gone });
  if (hasGone(asking)) return ended(cancelled, by);
  tellGate(asking, by);
  return judge(asking, by);
};

/** Codes that say something of the system as a whole, not of one question. */
const outage = new Set(['unavailable', 'timeout', 'rate-limited']);

const saysSystemIsAway = ({ verdict, code, ours }: Trouble): boolean =>
  verdict === 'retry' && !ours && outage.has(code);

const tellGate = ({ tools, hand }: Asking, { trouble, sent }: Attempted): void => {
  const { gate } = tools.questions;
  if (trouble === null || sent || trouble.verdict === 'reject') gate.answered(hand.line);
  else if (saysSystemIsAway(trouble)) gate.failed(hand.line, trouble.retryAfterMs);
};

const judge = async (asking: Asking, by: Attempted): Promise<Tried> => {
  const { trouble } = by;
  if (!trouble) return ended(await answerOf(asking, by.work.derived), by);
  if (trouble.verdict === 'retry')
    return { kind: 'failed', by, retryAfterMs: trouble.retryAfterMs ?? 0 };
  return ended(refused(trouble.code, trouble.detail, trouble.verdict === 'pause'), by);
};

const answerOf = async ({ tools, hand }: Asking, derived: Derived | null): Promise<Ending> => {
  const { envelope } = hand.shipment;
  const event =
    derived &&
    eventOf(
      { ...derived, id: answerId(envelope) },
      {
        line: hand.line,
        subject: envelope.subject,
        verwerking: envelope.verwerking,
        correlationId: envelope.correlationId ?? envelope.id,
        causationId: envelope.id,
      },
    );
  if (!derived || !event) return refused('not-found', `${hand.line.target} knows no answer`);
  const sender = senderOf(hand.line, derived.type);
  const traced = { ...event, traceparent: envelope.traceparent };
  try {
    const answer = await tools.questions.prepareAnswer(traced, sender, envelope);
    return { kind: 'answered', answer };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reasons = error.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
    const facts = { ...hand.line, message: envelope.id, code: error.code, reasons };
    tools.log.error(facts, 'an answer was refused by the bus');
    return refused('unclassified', `Its answer was refused by the bus: ${error.code}`);
  }
};

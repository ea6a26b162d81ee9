import type { Trouble } from './decide/trouble.js';
import { verdictOn } from './decide/verdict.js';
import type { Admitted } from './admit.js';
import { attempt, type Attempted } from './attempt.js';
import type { Connection } from './connections.js';
import { eventOf } from './derive.js';
import type { Leave } from './gate.js';
import { remainingMs, type Hand, type Ticket } from './hand.js';
import { laneKey, laneOf } from './line.js';
import type { Delivered, Outcome } from './outcome.js';
import { Stopping } from './patience.js';
import { reachOf } from './reach.js';
import { announce, settle, type Ended } from './settle.js';
import { workOf, type Work } from './stages/stage.js';
import type { Doing } from './step.js';
import { instanceOf, tenantOf, type Tools } from './tools.js';

/** Brings one message in hand through its lane to an end, which is settled. Throws where it must come again. */
export const deliver = (tools: Tools, hand: Hand): Promise<void> => {
  // A row is the head of its lane already; it must not wait behind what waits for the line to move.
  if (hand.origin.kind === 'row') return inPlace(tools, hand);
  const { delivery } = hand.origin;
  const lane = laneKey(hand.line, laneOf(hand.shipment.envelope));
  // From when it came: those of one subject wait one behind the other, and the broker counts for each.
  const until = performance.now() + tools.timing.inHandMs;
  const gone = (): boolean => delivery.gone || !instanceOf(tools, hand.line);
  return tools.lanes.run(lane, async () => {
    try {
      if (!delivery.gone) {
        await tools.gate.untilMoving(hand.line, gone, until - performance.now());
        await inPlace(tools, hand);
      }
    } catch (error) {
      if (!delivery.gone) throw error;
    }
    // It comes again on the next channel, as does what came after it: none of those is begun, and what comes there is.
    if (delivery.gone) delivery.release();
  });
};

const inPlace = async (tools: Tools, hand: Hand): Promise<void> => {
  const leave = await tools.gate.enter(hand.line);
  try {
    await itsTurn(tools, hand);
    await inTurn(tools, hand, leave);
  } finally {
    leave();
  }
};

/** What is new and what is tried again of a line take turns: neither keeps the other from going on. */
const itsTurn = async ({ turns, gate }: Tools, { line, origin }: Hand): Promise<void> => {
  const mayBegin = await turns.take({
    tenant: line.tenant,
    queue: `${line.target} ${origin.kind}`,
    // What is tried again has waited before.
    crowded: origin.kind === 'row' || gate.crowded(line),
    gone: () => origin.kind === 'queue' && origin.delivery.gone,
  });
  if (!mayBegin) throw new Stopping();
};

/** What the bus itself does with it after the attempt takes no place at the system: `leave` is called before. */
const inTurn = async (tools: Tools, hand: Hand, leave: Leave): Promise<void> => {
  const asked = await askLeave(tools, hand, false);
  if (asked.admitted.kind !== 'suspect') return follow(tools, hand, asked, leave);
  const { origin } = hand;
  const yieldToNext = await tools.gate.alone(() => origin.kind === 'queue' && origin.delivery.gone);
  try {
    await follow(tools, hand, await askLeave(tools, hand, true), leave);
  } finally {
    yieldToNext();
  }
};

/** What came of asking for leave, and until when an attempt may last on the clock of `performance.now()`. */
interface Asked {
  readonly admitted: Admitted;
  readonly connection: Connection;
  readonly connector: string;
  readonly until: number;
}

const askLeave = async (tools: Tools, hand: Hand, alone: boolean): Promise<Asked> => {
  const instance = instanceOf(tools, hand.line);
  if (!instance) throw new Error(`${hand.line.target} is not coupled any more`);
  const { connector } = instance;
  const connection = await tools.patiently('open the settings', () =>
    tools.connections.of(instance),
  );
  const leave = await tools.patiently('ask whether it may be tried', () =>
    alone ? tools.transactions.leaveAlone(hand) : tools.transactions.leave.do(hand),
  );
  return { ...leave, connection, connector };
};

const follow = async (tools: Tools, hand: Hand, asked: Asked, leave: Leave): Promise<void> => {
  const { connector, admitted } = asked;
  if (admitted.kind === 'told') {
    leave();
    const doing = { connector, operation: null, durationMs: 0 };
    return announce(tools, hand, admitted.recorded, doing);
  }
  if (admitted.kind !== 'go') return;
  const ended = await tryOnce(tools, hand, { ...asked, ticket: admitted.ticket });
  leave();
  await settle(tools, hand, ended);
};

type Going = Omit<Asked, 'admitted'> & { readonly ticket: Ticket };

const tryOnce = async (tools: Tools, hand: Hand, go: Going): Promise<Ended> => {
  const { ticket, connection, connector } = go;
  const tenant = tenantOf(tools, hand.line);
  const begin = workOf({ shipment: hand.shipment, ticket, tenant, connection });
  const reach = reachOf(tools, tenant.id);
  const attempted = await tools.inHand.during(hand.line, hand.shipment.envelope, () =>
    attempt(begin, reach, { deadlineMs: go.until - performance.now() }),
  );
  if (attempted.frames.length > 0)
    tools.log.error(
      { ...hand.line, frames: attempted.frames },
      'a connector threw what it should not',
    );
  tellGate(tools, hand, attempted);
  const outcome = outcomeOf(hand, ticket, attempted);
  return { ticket, outcome, doing: doingOf(connector, attempted), attempted };
};

const doingOf = (connector: string, { work, sendMs, calls }: Attempted): Doing => ({
  connector,
  operation: work.operation?.name ?? null,
  durationMs: Math.round(sendMs),
  calls,
});

const outcomeOf = (hand: Hand, ticket: Ticket, { work, trouble, sent }: Attempted): Outcome => {
  if (!trouble) return deliveredOf(hand, ticket, work);
  if (sent)
    // It has acted: to try again would only do it twice.
    return { ...deliveredOf(hand, ticket, work), detail: `Done, but ${trouble.detail}` };
  const { attempt: number, formerCode, failingForMs } = ticket;
  const history = { attempt: number, formerCode, failingForMs, remainingMs: remainingMs(hand) };
  return verdictOn(trouble, history, Math.random());
};

const deliveredOf = (hand: Hand, ticket: Ticket, work: Work): Delivered => {
  const { envelope } = hand.shipment;
  const answer =
    work.derived &&
    eventOf(work.derived, {
      line: hand.line,
      subject: envelope.subject,
      verwerking: envelope.verwerking,
      correlationId: envelope.correlationId ?? envelope.id,
      causationId: envelope.id,
    });
  const repeats = ticket.redelivered && work.operation?.operation.redelivery === 'may-repeat';
  const twice = repeats ? 'It may have been done twice: this system cannot be asked' : null;
  const { reference, kept } = work;
  return { kind: 'delivered', reference, kept, answer, detail: work.remark ?? twice };
};

/** Codes that say something of the system as a whole, not of one message. */
const outage = new Set(['unavailable', 'timeout', 'rate-limited']);

/** It refuses one message, or has taken one and works on it. */
const answersWell = ({ verdict, taken }: Trouble): boolean =>
  verdict === 'reject' || taken !== undefined;

const tellGate = ({ gate }: Tools, { line }: Hand, { trouble, sent }: Attempted): void => {
  if (trouble === null || sent || answersWell(trouble)) {
    gate.answered(line);
    return;
  }
  if (trouble.ours || trouble.verdict === 'pause') return;
  if (outage.has(trouble.code) || gate.phase(line) === 'open')
    gate.failed(line, trouble.retryAfterMs);
};

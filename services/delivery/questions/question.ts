import { writeAftermath } from '../aftermath.js';
import type { Attempted } from '../attempt.js';
import type { Connection } from '../connections.js';
import type { Hand } from '../hand.js';
import { laneKey, laneOf } from '../line.js';
import { stepOf, type Doing } from '../step.js';
import { instanceOf, type Tools } from '../tools.js';
import { hasGone, rest, tryOnce, type Asking, type Tried } from './asking.js';
import { questionBackoffMs } from './backoff.js';
import { tellConflict } from './conflict.js';
import { cancelled, refused, type Ending } from './ending.js';
import { recordedOf, settleQuestion, tellAgain } from './settle.js';
import { standingOf } from './standing.js';
import { noteRetry, type KnownQuestion } from './store.js';

interface Ended {
  readonly ending: Ending;
  readonly by: Attempted | null;
}

/** Brings one question in hand to its end, which is told. Throws where it must come again. */
export const answerQuestion = (tools: Tools, hand: Hand): Promise<void> => {
  const { line, shipment } = hand;
  // The same question is not asked twice at the same time: its repeat hears what came of the first.
  return tools.lanes.run(laneKey(line, laneOf(shipment.envelope)), () =>
    tools.questions.cancellations.during(shipment.envelope, (gone) => inTurn(tools, hand, gone)),
  );
};

const redelivered = ({ origin }: Hand): boolean =>
  origin.kind === 'queue' && origin.delivery.redelivered === true;

const inTurn = async (tools: Tools, hand: Hand, gone: AbortSignal): Promise<void> => {
  const { envelope } = hand.shipment;
  const known = await note(tools, hand);
  const remainingMs = Date.parse(envelope.expiresAt ?? '') - Date.now();
  const standing = standingOf(known, { digest: envelope.digest, remainingMs });
  const untried = doingOf(tools, hand, null);
  if (standing.kind === 'tell') return tellAgain(tools, hand, { known, doing: untried });
  if (standing.kind === 'conflict') return tellConflict(tools, hand, untried);
  const { ending, by } =
    standing.kind === 'end' ? { ending: standing.ending, by: null } : await ask(tools, hand, gone);
  const doing = doingOf(tools, hand, by);
  await settleQuestion(tools, hand, { ending, doing, attempted: by });
};

const note = (tools: Tools, hand: Hand): Promise<KnownQuestion> => {
  const { line, shipment } = hand;
  const seen = { line, envelope: shipment.envelope, redelivered: redelivered(hand) };
  return tools.patiently('note the question', () => tools.questions.transactions.note.do(seen));
};

const untried: Omit<Doing, 'connector'> = { operation: null, durationMs: 0 };

const triedBy = ({ work, sendMs, calls }: Attempted): Omit<Doing, 'connector'> => ({
  operation: work.operation?.name ?? null,
  durationMs: Math.round(sendMs),
  calls,
});

const doingOf = (tools: Tools, { line }: Hand, by: Attempted | null): Doing => ({
  connector: instanceOf(tools, line)?.connector ?? line.target,
  ...(by ? triedBy(by) : untried),
});

const connectionOf = async (tools: Tools, { line }: Hand): Promise<Connection | null> => {
  const instance = instanceOf(tools, line);
  return instance && tools.patiently('open the settings', () => tools.connections.of(instance));
};

const ask = async (tools: Tools, hand: Hand, gone: AbortSignal): Promise<Ended> => {
  const connection = await connectionOf(tools, hand);
  if (!connection)
    return { ending: refused('gone', `${hand.line.target} is not coupled any more`), by: null };
  const accepted = Date.parse(hand.shipment.envelope.acceptedAt);
  const until = accepted + tools.timing.questionPatienceMs;
  return askOn({ tools, hand, connection, redelivered: redelivered(hand), gone, until });
};

/** Asks until there is an end: the patience of whoever waits is short. */
const askOn = async (asking: Asking): Promise<Ended> => {
  for (let attempt = 1; ; attempt += 1) {
    const tried = await tryOnce(asking);
    const end = tried.kind === 'ended' ? tried : await again(asking, tried, attempt);
    if (end) return end;
  }
};

/** Waits for the next attempt, which is told; an end where there is none. */
const again = async (
  asking: Asking,
  { by, retryAfterMs }: Extract<Tried, { kind: 'failed' }>,
  attempt: number,
): Promise<Ended | null> => {
  const { tools, hand, until } = asking;
  const { code = 'unavailable', detail = '' } = by.trouble ?? {};
  const waitMs = questionBackoffMs(attempt, Math.random(), retryAfterMs);
  const nextAt = Date.now() + waitMs;
  if (nextAt >= until) return { ending: refused(code, detail), by };
  const { line, shipment } = hand;
  const numbered = await tools.patiently('number the attempt', () =>
    tools.database.scoped(line.tenant, async (trx) => {
      await writeAftermath(trx, line, by);
      return noteRetry(trx, line, shipment.envelope.id);
    }),
  );
  if (!numbered || hasGone(asking)) return { ending: cancelled, by };
  const step = { ...numbered, outcome: 'retry', code, detail, news: true } as const;
  const doing = doingOf(tools, hand, by);
  await tools.patiently('tell the step', () =>
    tools.audit.step(stepOf(line, recordedOf(hand, step, new Date(nextAt)), doing)),
  );
  tools.metrics.deliveries.inc({ tenant: line.tenant, connector: line.target, outcome: 'retry' });
  await rest(asking, waitMs);
  return hasGone(asking) ? { ending: cancelled, by } : null;
};

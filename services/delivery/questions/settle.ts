import type { Envelope } from '#bus/envelope.js';
import { leavesAftermath, writeAftermath } from '../aftermath.js';
import type { Attempted } from '../attempt.js';
import type { Hand } from '../hand.js';
import { announce } from '../settle.js';
import { setHold } from '../store/holds.js';
import type { Recorded } from '../store/recorded.js';
import type { Doing } from '../step.js';
import { tenantOf, type Tools } from '../tools.js';
import type { Ending } from './ending.js';
import { negativeAnswer } from './negative.js';
import {
  endQuestions,
  ringAgain,
  type KnownQuestion,
  type Numbered,
  type QuestionEnd,
  type QuestionEnding,
} from './store.js';

/** Nothing of an answer but its envelope goes on the trace: the answer itself is gone after its hour. */
const noBody = Buffer.alloc(0);

/** What is written of a question when it ends this way. */
const endOf = (tools: Tools, { line, shipment }: Hand, ending: Ending): QuestionEnd => {
  if (ending.kind === 'answered')
    return {
      state: 'answered',
      outcome: 'delivered',
      code: null,
      detail: null,
      answer: ending.answer,
    };
  const { code, detail } = ending;
  if (ending.kind === 'lapsed')
    return { state: 'expired', outcome: 'expired', code, detail, answer: null };
  const keys = tenantOf(tools, line).bodyKeys;
  const answer = negativeAnswer(line, shipment.envelope, { ending, keys, now: new Date() });
  return { state: 'answered', outcome: 'rejected', code, detail, answer };
};

/** A step of a question. One that was answered, if only in the negative, has come where it was to come. */
export const recordedOf = (
  { shipment }: Hand,
  written: Numbered & Pick<Recorded, 'outcome' | 'code' | 'detail' | 'news'>,
  nextAttemptAt: Date | null = null,
): Recorded => {
  const statuses = { retry: 'waiting', expired: 'expired' } as const;
  const { outcome } = written;
  return {
    shipment,
    ...written,
    status: outcome === 'retry' || outcome === 'expired' ? statuses[outcome] : 'delivered',
    externalId: null,
    nextAttemptAt,
    conflictOf: null,
    answer: null,
    stays: false,
  };
};

const tellAnswer =
  (tools: Tools, envelope: Envelope | null | undefined) => async (): Promise<void> => {
    if (!envelope) return;
    await tools.patiently('tell the answer', () =>
      tools.audit.accepted({ record: 'accepted', envelope }, noBody),
    );
  };

/** A question at its end. */
interface EndedQuestion {
  readonly ending: Ending;
  readonly doing: Doing;
  /** The last attempt; null where it was not tried. */
  readonly attempted: Attempted | null;
}

const writeEnd = (
  tools: Tools,
  ended: QuestionEnding,
  { ending, attempted }: Pick<EndedQuestion, 'ending' | 'attempted'>,
): Promise<Numbered | null> => {
  const { line } = ended;
  const pauses = ending.kind === 'refused' && ending.pauses;
  if (!pauses && !leavesAftermath(attempted)) return tools.questions.transactions.end.do(ended);
  return tools.database.scoped(line.tenant, async (trx) => {
    await writeAftermath(trx, line, attempted);
    if (pauses) await setHold(trx, line, ending);
    const [written = null] = await endQuestions(trx, [ended]);
    return written;
  });
};

/** Writes the end in one transaction, which wakes whoever waits, tells it on the trace, and lets go of the question last. */
export const settleQuestion = async (
  tools: Tools,
  hand: Hand,
  { ending, doing, attempted }: EndedQuestion,
): Promise<void> => {
  const { line, shipment } = hand;
  const end = endOf(tools, hand, ending);
  const written = await tools.patiently('write the answer', () =>
    writeEnd(tools, { line, message: shipment.envelope.id, end }, { ending, attempted }),
  );
  // Another process has come to an end before: it tells that.
  if (!written) {
    letGo(hand);
    return;
  }
  const { outcome, code, detail } = end;
  const recorded = recordedOf(hand, { ...written, outcome, code, detail, news: true });
  const beside = tellAnswer(tools, end.answer?.envelope);
  await announce(tools, hand, { ...recorded, beside }, doing);
};

const letGo = ({ origin }: Hand): void => {
  if (origin.kind === 'queue') origin.delivery.ack();
};

/** It has ended before; what may not have been told is told again, under the same ids. */
export const tellAgain = async (
  tools: Tools,
  hand: Hand,
  { known, doing }: { readonly known: KnownQuestion; readonly doing: Doing },
): Promise<void> => {
  const { line, shipment } = hand;
  await tools.patiently('ring again', () =>
    tools.database.scoped(line.tenant, (trx) => ringAgain(trx, line, shipment.envelope.id)),
  );
  const { sequence, at, code, detail } = known;
  const outcome = known.outcome ?? 'expired';
  const recorded = recordedOf(hand, { sequence, at, outcome, code, detail, news: false });
  const beside = tellAnswer(tools, known.answer_envelope);
  await announce(tools, hand, { ...recorded, beside }, doing);
};

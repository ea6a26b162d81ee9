import type { PrepareAnswer } from '#intake/answer.js';
import type { Gate } from '../gate.js';
import type { Cancellations } from './cancellations.js';
import type { QuestionTransactions } from './transactions.js';

/** Asked at the same time of one system by one process: somebody waits for each, and a slow system takes no more. */
export const questionPlaces = 50;

/** In hand of one process at the same time: those that are asked, and those that have ended and are being told of. */
export const questionsInHand = 60;

/** What only questions need, beside the tools of every message. */
export interface QuestionTools {
  /** Places and circuit of their own: they neither wait behind events nor for what events have found out. */
  readonly gate: Gate;
  readonly cancellations: Cancellations;
  readonly prepareAnswer: PrepareAnswer;
  readonly transactions: QuestionTransactions;
  /** Aborted when the process takes no more: what waits to be asked again comes again elsewhere. */
  readonly stopping: AbortSignal;
}

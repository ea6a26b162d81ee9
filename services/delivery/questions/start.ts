import { createPrepareAnswer } from '#intake/answer.js';
import type { PrepareOptions } from '#intake/prepare.js';
import type { Database } from '#runtime/database.js';
import { Gate } from '../gate.js';
import { startLoop } from '../loop.js';
import type { Tools } from '../tools.js';
import { Cancellations } from './cancellations.js';
import { forgetAnswers } from './store.js';
import { openQuestionTransactions } from './transactions.js';
import { questionPlaces, type QuestionTools } from './tools.js';

/** What questions need, once per process. */
export const questionTools = (
  database: Database,
  options: PrepareOptions,
  stopping: AbortSignal,
): QuestionTools => ({
  gate: new Gate(questionPlaces),
  cancellations: new Cancellations(database),
  prepareAnswer: createPrepareAnswer(options),
  transactions: openQuestionTransactions(database),
  stopping,
});

/** Hears of those who have gone, and forgets answers past their time, until the answered function is called. */
export const followQuestions = (
  { cancellations }: QuestionTools,
  { database, log, timing }: Pick<Tools, 'database' | 'log' | 'timing'>,
): (() => Promise<void>) => {
  const deafen = cancellations.start();
  const forget = startLoop(
    'forget answers',
    timing.sweepMs,
    () => database.scoped('*', forgetAnswers),
    log,
  );
  return async () => {
    await Promise.all([deafen(), forget.stop()]);
  };
};

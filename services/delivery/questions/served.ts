import type { ServedQueue } from '#bus/server.js';
import { questionQueue } from '#bus/topology.js';
import type { Connector } from '#kit/definition.js';
import { messageTypes } from '#oslo/catalogue.js';
import type { Line } from '../line.js';
import { questionsInHand } from './tools.js';

/** Pattern under which the controller takes questions. */
export const questionPattern = 'question';

/** The connector has an operation that takes a type of question. */
export const answersQuestions = (connector: Connector | undefined): boolean =>
  Object.values(connector?.operations ?? {}).some(
    ({ accepts }) => accepts !== 'any' && messageTypes.get(accepts.type)?.kind === 'question',
  );

/** The queue of questions of a line: every process takes of it, whoever serves the rest of the line. */
export const servedQuestions = ({ tenant, target }: Line): ServedQueue => ({
  queue: questionQueue(tenant, target),
  pattern: questionPattern,
  prefetch: questionsInHand,
  mayTake: () => true,
});

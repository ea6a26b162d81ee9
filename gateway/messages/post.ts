import type { IncomingMessage } from 'node:http';
import type { Envelope } from '#bus/envelope.js';
import { cloudEvent, json, type Answer } from '../answer.js';
import { whileConnected } from '../answers/connected.js';
import { preferredWaitSeconds } from '../answers/prefer.js';
import type { Answers } from '../answers/waiting.js';
import { modeOf } from '../body/media.js';
import { postBatch, type BatchParts } from './batch.js';
import { acceptedBody, pathOf, senderOf, type Caller } from './caller.js';
import { readEvent, type BodyTimes } from './events.js';

export interface PostParts extends BatchParts {
  readonly answers: Answers;
  readonly times: BodyTimes;
}

interface Question {
  readonly request: IncomingMessage;
  readonly envelope: Envelope;
  readonly seconds: number;
  readonly accepted: Answer;
}

/** The answer, where it comes in time; else it can be read later. */
const answered = async (
  { answers }: PostParts,
  { access }: Caller,
  { request, envelope, seconds, accepted }: Question,
): Promise<Answer> => {
  const found = await whileConnected(request, (gone) =>
    answers.waitFor(envelope, access.tenant, { waitMs: seconds * 1_000, gone }),
  );
  if (found === 'full') return accepted;
  const applied = { 'preference-applied': `wait=${seconds}` };
  if (!found) return { ...accepted, headers: { ...accepted.headers, ...applied } };
  return {
    status: 200,
    headers: { ...cloudEvent, location: pathOf(envelope.id), ...applied },
    body: found,
  };
};

/** Takes one CloudEvent (202, or 200 with the answer to a question) or a batch (207). Throws a `Refusal` after which nothing has entered. */
export const postMessages =
  (parts: PostParts) =>
  async (request: IncomingMessage, caller: Caller): Promise<Answer> => {
    const mode = modeOf(request.headers['content-type']);
    if (mode === 'batch') return postBatch(request, parts, caller);
    const event = await readEvent(request, mode, parts.times.messageMs);
    const { id, envelope } = await parts.accept(event, senderOf(caller.access));
    const accepted = json(202, acceptedBody(id), { location: pathOf(id) });
    const seconds = preferredWaitSeconds(request.headers['prefer']);
    if (envelope.kind !== 'question' || seconds === 0) return accepted;
    return answered(parts, caller, { request, envelope, seconds, accepted });
  };

import type { Envelope } from '#bus/envelope.js';
import { messageTypes, type MessageType } from '#oslo/catalogue.js';
import type { Sender } from './accepted.js';
import { envelopeOf, prepare, sealedEvent, type PrepareOptions } from './prepare.js';
import { refuse } from './reasons.js';

/** An answer that follows every rule of its type, as it is kept for whoever asked. */
export interface PreparedAnswer {
  readonly envelope: Envelope;
  /** Sealed CloudEvent. */
  readonly body: Buffer;
}

/** Checks what a connector answers by the same rules as any message; it goes nowhere from here. Throws `Refusal`. */
export type PrepareAnswer = (
  event: unknown,
  sender: Sender,
  question: Pick<Envelope, 'type'>,
) => Promise<PreparedAnswer>;

const answerTo = (question: string, given: string): MessageType => {
  const asked = messageTypes.get(question)?.answer;
  const messageType = messageTypes.get(given);
  if (!messageType || given !== asked) throw refuse('unknown-type');
  return messageType;
};

export const createPrepareAnswer =
  (options: PrepareOptions): PrepareAnswer =>
  async (event, sender, question) => {
    const prepared = await prepare(event, sender, options, ({ type }) =>
      answerTo(question.type, type),
    );
    const envelope = envelopeOf(prepared);
    return { envelope, body: sealedEvent(prepared.candidate, envelope, options.publicUrl) };
  };

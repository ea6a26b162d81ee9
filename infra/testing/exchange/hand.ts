import { Failure } from '#kit/failure.js';
import type { SendContext } from '#kit/operation.js';
import type { InHand, System } from './system.js';

const signal = new AbortController().signal;

const attachment: SendContext['attachment'] = () =>
  Promise.reject(new Error('there are no attachments'));

/** The message at the head of a lane, with what is remembered of its subject at this moment; null where the lane is empty. */
export const claim = (system: System, subject: string): InHand | null => {
  const [accepted] = system.queueOf(subject);
  if (!accepted) return null;
  const reference = system.externalIdOf(subject);
  const state = system.references.get(reference ?? '')?.state;
  return { accepted, reference, state, sent: null };
};

const contextFor = (system: System, subject: string, hand: InHand): SendContext => {
  const { accepted, reference, state } = hand;
  const taken = system.taken.get(subject);
  return {
    messageId: accepted.message.busId,
    reference,
    state,
    kept: system.kept.get(subject),
    ...(taken !== undefined && { taken }),
    redelivered: false,
    signal,
    attachment,
  };
};

/** One attempt. Answers why the system refuses the message; null where it does not. */
export const attempt = async (
  system: System,
  subject: string,
  hand: InHand,
): Promise<string | null> => {
  const { message } = hand.accepted;
  const operation = system.operation(message);
  const request = operation.map(message, system.open.settings);
  const context = contextFor(system, subject, hand);
  try {
    hand.sent = { request, result: await operation.send(system.open.client, request, context) };
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    system.inHand.delete(subject);
    if (error.taken !== undefined) system.taken.set(subject, error.taken);
    return error.verdict === 'retry' ? null : error.message;
  }
};

/** The message at the head of a lane has ended. */
export const leave = (system: System, subject: string): void => {
  system.taken.delete(subject);
  system.queueOf(subject).shift();
};

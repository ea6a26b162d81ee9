import { setTimeout as pause } from 'node:timers/promises';
import { meldingData, meldingEvent } from '../melding.js';
import { apiKey } from './tenant.js';

const retryMs = 50;

/** A message that got 202. */
export interface Accepted {
  readonly id: string;
  readonly senderId: string;
  readonly subject: string;
}

/** What a sender saw of the doors; a line that was refused or dropped is tried again and is no answer. */
export interface SenderLedger {
  readonly accepted: Accepted[];
  /** Answers other than 202. */
  readonly refused: number[];
  /** Requests to which no answer came. */
  dropped: number;
}

export const newSenderLedger = (): SenderLedger => ({ accepted: [], refused: [], dropped: 0 });

/** A melding as CloudEvent. */
export const meldingOf = (
  subject: string,
  senderId: string,
  time = new Date(),
): Record<string, unknown> => {
  const iri = `https://meldingen.aalter.example/id/melding/${subject}`;
  return meldingEvent({
    id: senderId,
    subject: iri,
    time: time.toISOString(),
    data: { ...meldingData(), '@id': iri },
  });
};

/** Posts one event once. Rejects where no answer comes. */
export const post = (door: string, event: object, signal?: AbortSignal): Promise<Response> =>
  fetch(`${door}/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/cloudevents+json',
    },
    body: JSON.stringify(event),
    ...(signal && { signal }),
  });

const postUntilTaken = async (
  doors: () => readonly string[],
  event: Record<string, unknown>,
  ledger: SenderLedger,
): Promise<void> => {
  for (let turn = Math.floor(Math.random() * 10); ; turn += 1) {
    const open = doors();
    try {
      const response = await post(open[turn % open.length] ?? '', event);
      const { id } = (await response.json()) as { id: string };
      if (response.status === 202) {
        ledger.accepted.push({
          id,
          senderId: String(event['id']),
          subject: String(event['subject']),
        });
        return;
      }
      ledger.refused.push(response.status);
    } catch {
      ledger.dropped += 1;
    }
    await pause(retryMs);
  }
};

/** Sends meldingen about one subject, one after the other, through whichever door, until `stopped`; each until it is taken. */
export const sendInOrder = async (
  subject: string,
  { doors, stopped, ledger, mayGoOn }: Sending,
): Promise<void> => {
  for (let number = 1; !stopped.aborted; number += 1) {
    await postUntilTaken(doors, meldingOf(subject, `${subject}-${number}`), ledger);
    while (!mayGoOn()) await pause(retryMs);
  }
};

export interface Sending {
  /** Addresses of the gateways as they are now. */
  readonly doors: () => readonly string[];
  readonly stopped: AbortSignal;
  readonly ledger: SenderLedger;
  /** False while the other side is behind: a sender that outruns a slow machine proves nothing more. */
  readonly mayGoOn: () => boolean;
}

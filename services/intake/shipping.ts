import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from '#bus/connection.js';
import type { Envelope } from '#bus/envelope.js';
import { BrokerUnavailable, Refused, Unroutable } from '#bus/failures.js';
import { acceptedPublication, sealedMedia } from '#bus/audit.js';
import { auditQueue, questionQueue, targetQueue } from '#bus/topology.js';
import { refuse } from './reasons.js';

const retryAfterSeconds = 5;
/** Waits before a queue that was not there is tried again: some five seconds in all. */
const healingWaitsMs = [0, 100, 400, 1_500, 3_000];
/** Of these so many where a queue refuses that somebody else may have made just now: one that is full is told half a second later. */
const refusedTries = 3;

/** What shipping needs of the bus. */
export type Carrier = Pick<Bus, 'publish' | 'ensureQueues'>;

const heals = (error: unknown, made: boolean, tries: number): boolean =>
  error instanceof Unroutable || (error instanceof Refused && (made || tries < refusedTries));

/** Publishes to one queue; one that is missing is made first. One that was just made, by whomever, may have no leader yet, and refuses. */
export const publishHealing = async (
  carrier: Carrier,
  queue: string,
  publication: Parameters<Bus['publish']>[1],
): Promise<void> => {
  let made = false;
  for (const [tries, waitMs] of healingWaitsMs.entries()) {
    try {
      await carrier.publish(queue, publication);
      return;
    } catch (error) {
      made ||= error instanceof Unroutable;
      if (!heals(error, made, tries)) throw error;
      await pause(waitMs);
      if (made) await carrier.ensureQueues([queue]);
    }
  }
  await carrier.publish(queue, publication);
};

/** True where a queue has taken the message, or may have. */
const mayHaveTaken = (outcome: PromiseSettledResult<void>): boolean =>
  outcome.status === 'fulfilled' ||
  (outcome.reason instanceof BrokerUnavailable && outcome.reason.ambiguous);

/** Questions have a queue of their own: they never wait behind events and commands. */
const queueOf = ({ kind, tenant }: Envelope, target: string): string =>
  (kind === 'question' ? questionQueue : targetQueue)(tenant, target);

/**
 * Resolves once every target queue and then the audit queue have confirmed the sealed message; else throws
 * `broker-unavailable` (503), of variant `unknown` where part of it has entered, or may have.
 *
 * The audit record goes last: it is the promise, and none may stand of a message that is not in all its queues. Where
 * one target confirmed and another did not, the sender has no promise and sends again; the first target then meets the
 * same id and digest a second time and does nothing, so that the repeat heals. Delivery may be ahead of the audit
 * record: its steps carry the envelope, and the collector fills in the rest when the record comes.
 */
export const ship = async (carrier: Carrier, envelope: Envelope, body: Buffer): Promise<void> => {
  const properties = { messageId: envelope.id, type: envelope.type, contentType: sealedMedia };
  const readable = JSON.stringify(envelope);
  const published = await Promise.allSettled(
    envelope.targets.map((target) => {
      const headers = { 'lb-envelope': readable, 'lb-target': target };
      return publishHealing(carrier, queueOf(envelope, target), { body, headers, properties });
    }),
  );
  if (published.every(({ status }) => status === 'fulfilled')) {
    const recorded = publishHealing(carrier, auditQueue, acceptedPublication(envelope, body));
    published.push(...(await Promise.allSettled([recorded])));
  }
  const failed = published.find((outcome) => outcome.status === 'rejected');
  if (!failed) return;
  const params = published.some(mayHaveTaken) ? { variant: 'unknown' } : {};
  throw refuse('broker-unavailable', { params, retryAfterSeconds, cause: failed.reason });
};

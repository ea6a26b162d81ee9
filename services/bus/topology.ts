/** The queues of the bus, as data: `lb-bus way` prints them and provisioning declares them. */
export const auditQueue = 'audit';

/** What could not be read, from any queue: kept for an operator, consumed by nobody. */
export const asideQueue = 'aside';

/** Work for one connector instance of one tenant. */
export const targetQueue = (tenant: string, target: string): string => `t.${tenant}.${target}`;

/** Raw webhook calls for one connector instance of one tenant. */
export const hookQueue = (tenant: string, target: string): string => `h.${tenant}.${target}`;

/** Questions for one connector instance of one tenant: beside its other work, never behind it. */
export const questionQueue = (tenant: string, target: string): string => `q.${tenant}.${target}`;

/** Oldest RabbitMQ whose quorum queues have what the bus relies on. */
export const oldestBroker = [3, 10] as const;

/** Generous: a queue this long holds days of work of one system; beyond it the door says 503 instead of filling the disk. */
export const defaultMaxLength = 500_000;

/** Short: somebody waits for each, and what cannot be asked soon is better refused (503) than asked late. */
const questionMaxLength = 1_000;

/**
 * Arguments of a queue, by its name. The same on every broker version from 3.10 on, so that an upgrade never makes a
 * declaration differ from the queue that is there.
 *
 * The delivery limit is set so that a returned message goes back to the head on every version, and so high that it
 * is never reached: beyond it the broker would throw the message away. What keeps coming back is parked by `delivery`.
 */
export const queueArguments = (
  queue: string,
  maxLength: number = defaultMaxLength,
): Readonly<Record<string, string | number | boolean>> => ({
  'x-queue-type': 'quorum',
  'x-queue-leader-locator': 'balanced',
  'x-delivery-limit': 1_000_000,
  ...(/^[th]\./.test(queue) && {
    'x-single-active-consumer': true,
    'x-max-length': maxLength,
    'x-overflow': 'reject-publish',
  }),
  // Several processes answer at once. No expiry by the broker: it would lose a question without a word.
  ...(/^q\./.test(queue) && {
    'x-max-length': Math.min(maxLength, questionMaxLength),
    'x-overflow': 'reject-publish',
  }),
});

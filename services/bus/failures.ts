/**
 * The broker is away, blocked or overloaded: try again later. Where `ambiguous`, the message was already sent and may
 * have entered; sent again it is recognised by its id.
 */
export class BrokerUnavailable extends Error {
  readonly ambiguous: boolean;

  constructor(reason: string, details: { ambiguous?: boolean; cause?: unknown } = {}) {
    super(`the broker cannot take a message now: ${reason}`, { cause: details.cause });
    this.name = 'BrokerUnavailable';
    this.ambiguous = details.ambiguous ?? false;
  }
}

/** There is no such queue: nothing has entered it. `ensureQueues` makes it; then publish again. */
export class Unroutable extends Error {
  readonly queue: string;

  constructor(queue: string) {
    super(`queue "${queue}" does not exist`);
    this.name = 'Unroutable';
    this.queue = queue;
  }
}

/** The queue is full (or lost its majority): nothing has entered it, and it takes more when it is emptied. */
export class Refused extends Error {
  readonly queue: string;

  constructor(queue: string) {
    super(`queue "${queue}" refused the message: it is full, or has lost its majority`);
    this.name = 'Refused';
    this.queue = queue;
  }
}

/** The queue stands there with other arguments than ours: only an operator can put that right, as the message says. */
export class QueueMismatch extends Error {
  readonly queue: string;

  constructor(queue: string, answer: string) {
    super(
      `queue "${queue}" was declared with other arguments (${answer}). Set LBBUS_QUEUE_MAX_LENGTH back to what it was, ` +
        'or let the queue run empty, delete it, and it is declared anew at once',
    );
    this.name = 'QueueMismatch';
    this.queue = queue;
  }
}

/** A delivery that says nothing to us, today or tomorrow: set it aside, it must not come again. */
export class Undecodable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'Undecodable';
  }
}

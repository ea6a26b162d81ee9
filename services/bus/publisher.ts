import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import type { Logger } from 'pino';
import { within } from './deadline.js';
import { BrokerUnavailable, Refused, Unroutable } from './failures.js';
import { Link, reconnectWaitMs, type BusState, type LinkOptions } from './link.js';
import { Window, type Pending, type Publication, type PublishLimits } from './window.js';

/** Numbers what is on its way, so that a returned message is told from another with the same id. */
const publishHeader = 'lb-publish';

/** RabbitMQ 4 takes no larger message; an attempt would cost every other message on the channel its confirm. */
const largestBodyBytes = 16 * 1024 * 1024;

/** What the confirm of a message means: nothing where it is safe, else the reason. */
const outcomeOf = (pending: Pending, error: unknown): Error | null => {
  // A return comes before the confirm of the same message.
  if (error === null) return pending.returned ? new Unroutable(pending.queue) : null;
  if (error instanceof Error && error.message === 'message nacked')
    return new Refused(pending.queue);
  const reason = 'the line dropped before it confirmed';
  return new BrokerUnavailable(reason, { ambiguous: true, cause: error });
};

/**
 * Publishes each message mandatory, persistent and confirmed, in the order of the calls. A publish has ended when its
 * promise has: nothing is kept to be sent later, and while the broker is away or blocked it rejects at once.
 */
export class Publisher {
  readonly #link: Link;
  readonly #log: Logger;
  readonly #window: Window;
  readonly #confirmTimeoutMs: number;
  readonly #blockedGraceMs: number;
  readonly #watch: NodeJS.Timeout;
  #channel: ConfirmChannel | undefined;
  #failures = 0;

  constructor(options: LinkOptions, limits: PublishLimits) {
    this.#log = options.log;
    this.#window = new Window(limits);
    this.#confirmTimeoutMs = limits.confirmTimeoutMs;
    this.#blockedGraceMs = limits.blockedGraceMs;
    this.#link = new Link(options, {
      up: (model) => void this.#open(model),
      down: (cause) => this.#gone(cause),
      blocked: (reason) => this.#blocked(reason),
    });
    this.#watch = setInterval(() => this.#checkConfirms(), limits.confirmTimeoutMs / 30);
    this.#watch.unref();
  }

  get state(): BusState {
    return this.#link.state === 'up' && !this.#channel ? 'down' : this.#link.state;
  }

  publish(queue: string, publication: Publication): Promise<void> {
    return new Promise((resolve, reject) => {
      const { length } = publication.body;
      if (length > largestBodyBytes)
        throw new RangeError(`a body of ${length} bytes is over the ${largestBodyBytes} bytes`);
      const { state } = this;
      if (state !== 'up')
        throw new BrokerUnavailable(state === 'down' ? 'there is no connection' : 'it is blocked');
      const pending = { queue, publication, resolve, reject, sentAt: 0, returned: false };
      if (this.#window.enter(pending)) this.#send(pending);
    });
  }

  /** Waits for what is on its way (at most a confirm time-out), then closes. */
  async close(): Promise<void> {
    const deadline = performance.now() + this.#confirmTimeoutMs;
    while (this.#window.inFlight > 0 && this.state === 'up' && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(this.#watch);
    await this.#link.close();
  }

  #send(pending: Pending): void {
    const { queue, publication } = pending;
    const number = this.#window.sent(pending);
    const options = {
      ...publication.properties,
      headers: { ...publication.headers, [publishHeader]: number },
      mandatory: true,
      persistent: true,
    };
    try {
      if (!this.#channel) throw new Error('no channel');
      this.#channel.publish('', queue, publication.body, options, (error: unknown) =>
        this.#confirmed(number, error),
      );
    } catch (cause) {
      // A closed channel throws at once; so do headers that cannot be encoded.
      this.#window.take(number);
      const ours = cause instanceof RangeError || cause instanceof TypeError;
      pending.reject(ours ? cause : new BrokerUnavailable('its channel is closed', { cause }));
    }
  }

  #confirmed(number: number, error: unknown): void {
    const pending = this.#window.take(number);
    if (!pending) return;
    const failure = outcomeOf(pending, error);
    if (failure) pending.reject(failure);
    else pending.resolve();
    this.#admit();
  }

  #admit(): void {
    while (this.state === 'up') {
      const next = this.#window.next();
      if (!next) return;
      this.#send(next);
    }
  }

  async #open(model: ChannelModel): Promise<void> {
    try {
      const opening = model.createConfirmChannel();
      const channel = await within(opening, this.#confirmTimeoutMs, 'opening a channel');
      if (this.#link.model !== model) return;
      channel.on('error', (cause: Error) =>
        this.#log.error({ cause: cause.message }, 'the broker closed the publishing channel'),
      );
      channel.on('return', (message: Message) =>
        this.#window.returned(message.properties.headers?.[publishHeader]),
      );
      channel.on('close', () => this.#closed(model, channel));
      this.#channel = channel;
    } catch (cause) {
      if (this.#link.model === model)
        this.#link.drop(model, cause instanceof Error ? cause : new Error('no channel'));
    }
  }

  #gone(cause: Error): void {
    this.#channel = undefined;
    this.#window.emptyLine(cause.message);
    this.#leaveUnknown(cause);
  }

  /** It still confirms what it had read; the rest may wait for hours, which nobody in front of us can. */
  #blocked(reason: string): void {
    this.#window.emptyLine(reason);
    const { model } = this.#link;
    setTimeout(() => {
      if (this.#link.model === model && this.state === 'blocked')
        this.#leaveUnknown(new Error(reason));
    }, this.#blockedGraceMs).unref();
  }

  #closed(model: ChannelModel, channel: ConfirmChannel): void {
    if (this.#channel !== channel) return;
    this.#channel = undefined;
    this.#window.emptyLine('its channel is closed');
    this.#failures += 1;
    setTimeout(
      () => {
        if (this.#link.model === model) void this.#open(model);
      },
      reconnectWaitMs(Math.min(this.#failures, 6)),
    ).unref();
  }

  /** What was sent first is confirmed late at most: looking at the oldest is enough. */
  #checkConfirms(): void {
    if (this.#window.inFlight === 0) this.#failures = 0;
    if (this.#window.oldestMs < this.#confirmTimeoutMs) return;
    this.#log.error({ unconfirmed: this.#window.inFlight }, 'no confirm from the broker in time');
    const late = new Error('confirm timed out');
    const { model } = this.#link;
    // While blocked it reads nothing, and the connection that is there goes on afterwards. Any other that is silent this
    // long is given up: at the same address, or the next, another node may answer.
    if (this.state === 'up' && model) this.#link.drop(model, late);
    else this.#leaveUnknown(late);
  }

  /** Whether they entered is not known; a confirm that still comes finds nobody waiting for it. */
  #leaveUnknown(cause: Error): void {
    for (const number of this.#window.numbers()) this.#confirmed(number, cause);
  }
}

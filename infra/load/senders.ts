import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Doors } from './doors.js';
import type { Sent } from './ledger.js';
import { routedTo, type LoadEvent } from './messages.js';
import type { Random } from './random.js';
import {
  invalidOf,
  newStory,
  nextEvent,
  parksOf,
  withOtherContent,
  type Story,
} from './stories.js';
import type { LoadTenant } from './tenants.js';

/** How much is sent, and how. Shares are of the messages that were taken. */
export interface LoadOptions {
  readonly doors: Doors;
  readonly tenants: readonly LoadTenant[];
  readonly random: Random;
  /** Messages per second, over all tenants. */
  readonly perSecond: number;
  /** Goes before the numbers of the meldingen, so that two loads never meet. */
  readonly name: string;
}

const attachmentShare = 0.05;
const repeatShare = 0.05;
const conflictShare = 0.03;
const invalidShare = 0.03;
const newShare = 0.35;
/** About the melding of which a message was taken last: both are often under way together. */
const followShare = 0.3;
/** Applications that wait for an answer; when so many do, no other begins. */
const mostInFlight = 300;
const attachmentBytes = 20_000;

interface Entry {
  sent: Sent;
}

const toldBy = (answer: Answer | null): Sent['outcome'] => {
  if (!answer) return { kind: 'unanswered' };
  return answer.status === 202
    ? { kind: 'accepted', id: String(answer.json['id']), atMs: answer.calledAtMs }
    : { kind: 'refused', status: answer.status };
};

/**
 * The applications of the tenants, with a ledger of what they sent and were told. About one melding the next is only sent
 * after the 202 of the one before; what is not answered is sent again, unchanged.
 */
export class Senders {
  readonly #options: LoadOptions;
  readonly #entries: Entry[] = [];
  readonly #idle: Story[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  readonly #flaws: string[] = [];
  readonly #stopping = new AbortController();
  readonly #giveUp = new AbortController();
  #begun = 0;
  #running: Promise<void> | undefined;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** What was sent, in the order in which it was told. */
  get sent(): readonly Sent[] {
    return this.#entries.map(({ sent }) => sent);
  }

  get accepted(): number {
    return this.#entries.filter(({ sent }) => sent.outcome.kind === 'accepted').length;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Answers of the door that should not have been. */
  get flaws(): readonly string[] {
    return this.#flaws;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Begins nothing more and waits until everything was answered, at most `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    this.#stopping.abort();
    const timer = setTimeout(() => this.#giveUp.abort(), patienceMs);
    await this.#running;
    await Promise.all(this.#inFlight);
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    const { perSecond } = this.#options;
    const beganMs = performance.now();
    for (let count = 0; !this.#stopping.signal.aborted; count += 1) {
      // By the clock, not by adding pauses: a slow machine does not thin out the load unseen.
      const dueMs = beganMs + (1_000 * count) / perSecond;
      await pause(Math.max(0, dueMs - performance.now()));
      if (this.#inFlight.size < mostInFlight) this.#begin();
    }
  }

  #begin(): void {
    const step = this.#step(this.#take())
      .catch((error: unknown) => void this.#flaws.push(`a sender failed: ${String(error)}`))
      .finally(() => this.#inFlight.delete(step));
    this.#inFlight.add(step);
  }

  #take(): Story {
    const { random, tenants, name } = this.#options;
    if (this.#idle.length > 0 && !random.chance(newShare)) {
      const last = this.#idle.length - 1;
      const place = random.chance(followShare) ? last : random.whole(0, last);
      const [story] = this.#idle.splice(place, 1);
      if (story) return story;
    }
    this.#begun += 1;
    return newStory(random.pick(tenants), `${name}-${this.#begun}`, random);
  }

  async #step(story: Story): Promise<void> {
    const { random } = this.#options;
    const attachment = random.chance(attachmentShare) ? await this.#upload(story) : null;
    const event = nextEvent(story, random, attachment);
    const outcome = toldBy(await this.#send(story.tenant, event));
    const entry = this.#enter(story, event, outcome);
    if (outcome.kind !== 'accepted') return;
    story.sent += 1;
    story.left -= 1;
    await this.#mischief(story, event, entry);
    if (story.left > 0) this.#idle.push(story);
  }

  #enter(story: Story, event: LoadEvent, outcome: Sent['outcome']): Entry {
    const { id: senderId, source, type, subject } = event;
    const targets = routedTo(event);
    const facts = { tenant: story.tenant.id, source, senderId, type, subject, targets };
    const entry = { sent: { ...facts, parks: parksOf(story), outcome, conflicts: 0 } };
    this.#entries.push(entry);
    if (outcome.kind === 'refused')
      this.#flaws.push(`refused: ${story.tenant.id} ${senderId} was answered ${outcome.status}`);
    return entry;
  }

  /** What applications with a fault do: the same again, other content under a known id, nonsense. */
  async #mischief(story: Story, event: LoadEvent, entry: Entry): Promise<void> {
    const { random } = this.#options;
    if (random.chance(repeatShare)) await this.#sendAgain(story, event, entry);
    if (random.chance(conflictShare)) await this.#sendConflict(story, event, entry);
    if (random.chance(invalidShare)) await this.#sendInvalid(story, event);
  }

  async #sendAgain(story: Story, event: LoadEvent, { sent }: Entry): Promise<void> {
    const told = await this.#send(story.tenant, event);
    const { outcome } = sent;
    const same = outcome.kind === 'accepted' && told?.json['id'] === outcome.id;
    if (told && !same) this.#flaws.push(`a repeat of ${event.id} was answered ${told.status}`);
  }

  async #sendConflict(story: Story, event: LoadEvent, entry: Entry): Promise<void> {
    entry.sent = { ...entry.sent, conflicts: 1 };
    const told = await this.#send(story.tenant, withOtherContent(event));
    if (told && told.status !== 202 && told.status !== 409)
      this.#flaws.push(`a conflict of ${event.id} was answered ${told.status}`);
  }

  async #sendInvalid(story: Story, event: LoadEvent): Promise<void> {
    const invalid = invalidOf(event, `${event.id}-invalid`);
    const told = await this.#send(story.tenant, invalid);
    if (!told) return;
    const { id: senderId, source, type, subject } = invalid;
    const facts = { tenant: story.tenant.id, source, senderId, type, subject };
    const outcome = toldBy(told);
    this.#entries.push({ sent: { ...facts, targets: [], parks: {}, outcome, conflicts: 0 } });
    if (outcome.kind === 'accepted') this.#flaws.push(`taken: ${senderId}, which is invalid`);
  }

  #send(tenant: LoadTenant, event: LoadEvent): Promise<Answer | null> {
    return this.#options.doors.insist('/v1/messages', tenant.key, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
      signal: this.#giveUp.signal,
    });
  }

  async #upload({ tenant }: Story): Promise<string | null> {
    const answer = await this.#options.doors.insist('/v1/attachments', tenant.key, {
      method: 'POST',
      headers: {
        'content-type': 'image/png',
        'content-disposition': 'attachment; filename="foto.png"',
      },
      body: new Uint8Array(attachmentBytes).fill(7),
      signal: this.#giveUp.signal,
    });
    if (answer && answer.status !== 201)
      this.#flaws.push(`an attachment was answered ${answer.status}`);
    const uri = answer?.json['uri'];
    return typeof uri === 'string' ? uri : null;
  }
}

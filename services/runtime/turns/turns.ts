import { isLate, nextLevel, restPerSecond, usualPerSecond } from './level.js';
import type { Lateness } from './lateness.js';

/** A message that asks for its turn. */
export interface Asking {
  readonly tenant: string;
  /** Those of one queue begin in the order in which they asked, and queues in turn. */
  readonly queue: string;
  /** More come than go: that does not keep what else the tenant has waiting. */
  readonly crowded: boolean;
  /** It need not begin any more. */
  readonly gone: () => boolean;
}

interface Waiting extends Asking {
  readonly tell: (mayBegin: boolean) => void;
}

/** What one tenant may begin, of its crowds or of what else it has, and what of that waits. */
interface Share {
  readonly tenant: string;
  readonly crowded: boolean;
  room: number;
  filledAt: number;
  cameAt: number;
  begun: number;
  /** What it began per second, in the last seconds. */
  perSecond: number;
  /** By queue, in the order of their turns. */
  readonly queues: Map<string, Waiting[]>;
}

/** Who came within this time is there, and is to find the processor free. */
const thereMs = 1_000;
/** What the level allows at least in these may begin at once, of who was not there before: nobody is slowed for asking for little all at once. */
const firstSeconds = 4;
/** What it allows at least in these, of who asked for less for long. What who floods has saved up is over soon too. */
const savedSeconds = 12;
/** Of the level; a crowd waits anyhow, and others find the processor free. What came together during an outage is one too. */
const shareOfCrowd = 0.5;
/** What waits begins together: that costs less than one by one. */
const lookMs = 20;
const measureMs = 100;
/** Of what was measured so much counts now; the rest is what was before. */
const weight = 0.3;
/** The same of what a tenant began: what it does for some seconds, not for one. */
const weightOfBegun = 0.05;

const keyOf = ({ tenant, crowded }: Pick<Share, 'tenant' | 'crowded'>): string =>
  `${tenant}/${crowded}`;

const dropGone = ({ queues }: Share): void => {
  for (const [name, queue] of queues) {
    while (queue[0]?.gone() === true) queue.shift()?.tell(false);
    if (queue.length === 0) queues.delete(name);
  }
};

interface TurnsOptions {
  readonly lateness: Lateness;
  /** The level never falls below. */
  readonly leastPerSecond: number;
  readonly now?: () => number;
  /** Called where something has to wait. */
  readonly held?: (tenant: string) => void;
}

/**
 * Whose turn it is to begin with a message. As long as the process comes to everything in time nobody waits. Where it does
 * not, each tenant may begin so many per second and no more, so that who asks for little finds the processor free beside
 * who asks for much; where nobody else is there, nobody waits either.
 */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #shares = new Map<string, Share>();
  readonly #measuring: NodeJS.Timeout;
  #level: number;
  #held = false;
  #lateAt = -Infinity;
  #lateMs = 0;
  #measuredAt: number;
  #looking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#level = Math.max(options.leastPerSecond, restPerSecond);
    this.#measuredAt = this.#now();
    this.#measuring = setInterval(() => this.measure(), measureMs);
    this.#measuring.unref();
  }

  /** What each tenant may begin per second. */
  get level(): number {
    return this.#level;
  }

  /** How much waits. */
  get waiting(): number {
    let count = 0;
    for (const { queues } of this.#shares.values())
      for (const queue of queues.values()) count += queue.length;
    return count;
  }

  /** Resolves when it may begin; false where it is gone meanwhile. */
  take(asking: Asking): Promise<boolean> {
    const { tenant, queue } = asking;
    const share = this.#shareOf(asking);
    share.cameAt = this.#now();
    if (share.queues.size === 0 && this.#begin(share)) return Promise.resolve(true);
    this.#held = true;
    this.#options.held?.(tenant);
    return new Promise((tell) => {
      const waiting = share.queues.get(queue) ?? [];
      waiting.push({ ...asking, tell });
      share.queues.set(queue, waiting);
      this.#looking ??= setInterval(() => this.look(), lookMs);
    });
  }

  /** Lets begin whose turn it is. */
  look(): void {
    for (const share of this.#shares.values()) this.#release(share);
    if (this.waiting > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  /** Sets the level by what was measured since. */
  measure(): void {
    const now = this.#now();
    const seconds = Math.max(0.001, (now - this.#measuredAt) / 1_000);
    this.#measuredAt = now;
    this.#lateMs += weight * (this.#options.lateness.takeMs() - this.#lateMs);
    const shares = [...this.#shares.values()];
    const most = Math.max(0, ...shares.map(({ begun }) => begun)) / seconds;
    for (const share of shares) {
      share.perSecond += weightOfBegun * (share.begun / seconds - share.perSecond);
      share.begun = 0;
    }
    const held = this.#held || this.waiting > 0;
    this.#held = false;
    if (isLate(this.#lateMs)) this.#lateAt = now;
    const calmMs = now - this.#lateAt;
    const measured = {
      lateMs: this.#lateMs,
      mostPerSecond: most,
      usualPerSecond: this.#usualPerSecond(now),
      held,
      calmMs,
    };
    this.#level = nextLevel(this.#level, measured, this.#options.leastPerSecond);
  }

  /** From now on nothing waits: what is in hand is to be finished. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#measuring);
    this.#options.lateness.close();
    this.look();
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }

  #shareOf({ tenant, crowded }: Asking): Share {
    const key = keyOf({ tenant, crowded });
    const known = this.#shares.get(key);
    if (known) return known;
    const now = this.#now();
    const since = { filledAt: now, cameAt: now, begun: 0, perSecond: 0 };
    const room = firstSeconds * this.#options.leastPerSecond;
    const made = { tenant, crowded, room, ...since, queues: new Map() };
    this.#shares.set(key, made);
    return made;
  }

  #release(share: Share): void {
    dropGone(share);
    for (;;) {
      const [first] = share.queues;
      if (!first || !this.#begin(share)) return;
      const [name, queue] = first;
      share.queues.delete(name);
      queue.shift()?.tell(true);
      if (queue.length > 0) share.queues.set(name, queue);
    }
  }

  #begin(share: Share): boolean {
    const now = this.#now();
    this.#fill(share, now);
    if (share.room < 1 && !this.#closed && this.#isForOthers(share, now)) return false;
    share.room = Math.max(0, share.room - 1);
    share.begun += 1;
    if (share.crowded) this.#takeFromOthers(share, now);
    return true;
  }

  /** What a crowd begins the tenant does not begin otherwise: with all that it has it stays within the level. */
  #takeFromOthers({ tenant }: Share, now: number): void {
    const others = this.#shares.get(keyOf({ tenant, crowded: false }));
    if (!others) return;
    this.#fill(others, now);
    others.room = Math.max(0, others.room - 1);
  }

  #fill(share: Share, now: number): void {
    const part = share.crowded ? shareOfCrowd : 1;
    const perSecond = this.#level * part;
    const most = Math.max(savedSeconds * this.#options.leastPerSecond * part, perSecond);
    share.room = Math.min(most, share.room + ((now - share.filledAt) / 1_000) * perSecond);
    share.filledAt = now;
  }

  /** Of the tenants that are there. */
  #usualPerSecond(now: number): number {
    const tenants = new Map<string, number>();
    for (const { tenant, cameAt, perSecond, queues } of this.#shares.values())
      if (now - cameAt < thereMs || queues.size > 0)
        tenants.set(tenant, (tenants.get(tenant) ?? 0) + perSecond);
    return usualPerSecond([...tenants.values()]);
  }

  /** Another tenant is there, and with something that does not wait for its turn. */
  #isForOthers({ tenant }: Share, now: number): boolean {
    for (const other of this.#shares.values())
      if (other.tenant !== tenant && now - other.cameAt < thereMs && other.queues.size === 0)
        return true;
    return false;
  }
}

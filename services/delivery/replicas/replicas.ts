import { randomUUID } from 'node:crypto';
import { within } from '#bus/deadline.js';
import { lineKey, type Line } from '../line.js';
import { levelOf, startLoop, type Loop } from '../loop.js';
import { join, leave, readReplicas, replicaChannel, type Beat } from '../store/replicas.js';
import type { Tools } from '../tools.js';
import { preferredOf } from './preferred.js';
import { asideAgain, type Aside } from './step-aside.js';

const leaveMs = 3_000;
/** After its start: whatever cannot be consumed by then does not keep it from doing the rest. */
const seatingMs = 10_000;
/** Signs of life that a replica may miss until the others do its work. */
const missedBeats = 3;

export interface ReplicasOptions {
  /** False while it has no broker: then the others forget it after a while. */
  readonly up: () => boolean;
  /** In line for all queues: the others step aside for it only then. */
  readonly seated: () => boolean;
  /** Called when the share of this replica may be another. */
  readonly changed: () => void;
}

/**
 * The delivery processes that live and how the lines are shared among them. A hint that spreads the load, never a lock:
 * order and once hold whoever serves a line. While PostgreSQL is away the last known ones stay.
 */
export class Replicas {
  readonly id = randomUUID();
  readonly #tools: Pick<Tools, 'database' | 'log' | 'timing'>;
  readonly #options: ReplicasOptions;
  readonly #first = new Map<string, boolean>();
  readonly #asides = new Map<string, Aside>();
  readonly #startedAt = performance.now();
  #seated = false;
  #known: readonly string[] = [];
  #loop: Loop | undefined;
  #deafen: (() => Promise<void>) | undefined;

  constructor(tools: Pick<Tools, 'database' | 'log' | 'timing'>, options: ReplicasOptions) {
    this.#tools = tools;
    this.#options = options;
  }

  start(): void {
    const { database, timing, log } = this.#tools;
    this.#loop = startLoop('replicas', timing.beatMs, () => this.#beat(), log);
    this.#deafen = database.listen(replicaChannel, () => this.#loop?.wake());
  }

  /** The others take its share at once; where PostgreSQL is away, when they miss its signs of life. */
  async leave(): Promise<void> {
    const { database, log } = this.#tools;
    await Promise.all([this.#deafen?.(), this.#loop?.stop()]);
    const leaving = database.scoped('*', (trx) => leave(trx, this.id));
    await within(leaving, leaveMs, 'leaving').catch((error: unknown) =>
      log[levelOf(error)]({ err: error }, 'the others were not told that this replica stops'),
    );
  }

  /** True where the line is this replica's, also where it knows of none at all. */
  serves(line: Line): boolean {
    const key = lineKey(line);
    const known = this.#first.get(key);
    if (known !== undefined) return known;
    const first = preferredOf(key, this.#known) ?? this.id;
    this.#first.set(key, first === this.id);
    return first === this.id;
  }

  /**
   * Whether this replica may take what a queue of the line brings. Where the line is another's it steps aside once, and
   * again after ever longer waits: that other may not be in line for the queue yet.
   */
  mayTake(line: Line, queue: string): boolean {
    if (this.serves(line)) return true;
    const aside = asideAgain(this.#asides.get(queue), performance.now());
    if (!aside) return true;
    this.#asides.set(queue, aside);
    return false;
  }

  #present(): boolean {
    const { up, seated } = this.#options;
    if (!up()) return false;
    this.#seated ||= seated() || performance.now() - this.#startedAt > seatingMs;
    return this.#seated;
  }

  async #beat(): Promise<void> {
    const { database, timing, log } = this.#tools;
    const beat: Beat = { id: this.id, aliveMs: missedBeats * timing.beatMs };
    const known = await database.scoped('*', async (trx) => {
      if (this.#present()) await join(trx, beat);
      return readReplicas(trx, beat);
    });
    if (known.join() === this.#known.join()) return;
    log.info({ replica: this.id, replicas: known.length }, 'the delivery replicas are others now');
    this.#known = known;
    this.#first.clear();
    this.#asides.clear();
    this.#options.changed();
  }
}

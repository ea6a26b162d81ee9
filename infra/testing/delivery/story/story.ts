import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Envelope } from '#bus/envelope.js';
import type { StepRecord } from '#bus/records.js';
import { sealEvent } from '#delivery/body.js';
import { deliver } from '#delivery/deliver.js';
import { handOfRow } from '#delivery/due.js';
import { Gate } from '#delivery/gate.js';
import type { Hand } from '#delivery/hand.js';
import { leaseHeads } from '#delivery/store/rows.js';
import { sweepReleased, sweepUntold } from '#delivery/sweep.js';
import { busyMs, timing } from '#delivery/timing.js';
import { directoryOf } from '../../melding.js';
import { keys, line, newEnvelope, tenant } from './accepting.js';
import type { MovingClock } from './moving-clock.js';
import { OtherSide, type End } from './other-side.js';
import { Died, Process, type Done, type World } from './process.js';
import { hasEnded, Tables } from './tables.js';

/** A message in the queue; `by`: the process that has it in hand. */
interface Queued {
  readonly envelope: Envelope;
  by: Process | null;
}

/** An attempt that waits for the other side. */
interface Going {
  readonly message: string;
  readonly process: Process;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: Error) => void;
  readonly ended: Promise<void>;
}

/** Everything in one line: a queue, processes, the other side, and what was told of it all. */
export class Story {
  /** In the order of acceptance, by subject. */
  readonly accepted = new Map<string, Envelope[]>();
  readonly told: StepRecord[] = [];
  /** Messages of which an answer was published. */
  readonly answered = new Set<string>();
  readonly otherSide = new OtherSide();
  readonly tables: Tables;
  readonly going: Going[] = [];
  /** What was found while a process was at work, which would take it for a failure of its own. */
  readonly wrong: unknown[] = [];
  queue: Queued[] = [];
  readonly #clock: MovingClock;
  readonly #world: World;
  #process: Process;
  #reached: ((going: Omit<Going, 'ended'>) => void) | undefined;

  constructor(clock: MovingClock) {
    this.#clock = clock;
    this.tables = new Tables(clock);
    this.#world = {
      database: clock.database,
      directory: directoryOf(tenant),
      tell: {
        step: (step) => {
          this.told.push(step);
          return Promise.resolve();
        },
        accepted: () => Promise.resolve(),
      },
      answer: (event) => this.answered.add((event as { id: string }).id),
      send: (message, process) => this.#send(message, process),
    };
    this.#process = new Process(this.#world);
  }

  /** A message is accepted. */
  arrive(subject: string): void {
    const envelope = newEnvelope(subject);
    this.accepted.set(subject, [...(this.accepted.get(subject) ?? []), envelope]);
    this.queue.push({ envelope, by: null });
  }

  /** One that was accepted comes again under its id, with this content. */
  comeAgain(index: number, digest: string): void {
    const envelope = this.messages[index % Math.max(1, this.messages.length)];
    if (envelope) this.queue.push({ envelope: { ...envelope, digest }, by: null });
  }

  /** All that was accepted, each once. */
  get messages(): Envelope[] {
    return [...this.accepted.values()].flat();
  }

  /** The next of the queue is handed out, unless an earlier one of its subject is in hand. */
  async take(diesAfter = Infinity): Promise<void> {
    const queued = this.queue.find(({ by }) => by === null);
    const { subject } = queued?.envelope ?? {};
    if (!queued || this.queue.some(({ by, envelope }) => by && envelope.subject === subject))
      return;
    const by = this.#process;
    queued.by = by;
    const ack = (): boolean => {
      if (queued.by !== by) return false;
      this.queue = this.queue.filter((other) => other !== queued);
      return true;
    };
    const release = (): boolean => {
      if (queued.by !== by) return false;
      queued.by = null;
      return true;
    };
    const { envelope } = queued;
    const body = sealEvent(envelope, { data: {} }, keys);
    const delivery = { gone: false, ack, release };
    const shipment = { envelope, target: line.target, body };
    await this.#deliver({ line, shipment, origin: { kind: 'queue', delivery } }, diesAfter);
  }

  /** The heads of lanes that are due are taken. */
  async takeDue(diesAfter = Infinity): Promise<void> {
    const lease = randomUUID();
    const options = { lease, leaseMs: 2 * busyMs(timing), limit: 10, early: false };
    const rows = await this.#clock.database.scoped(line.tenant, (trx) =>
      leaseHeads(trx, line, options),
    );
    for (const row of rows) await this.#deliver(handOfRow(row, lease), diesAfter);
  }

  /** The other side ends one of the attempts. */
  async end(index: number, how: End, diesAfter = Infinity): Promise<void> {
    const [going] = this.going.splice(index % Math.max(1, this.going.length), 1);
    if (!going) return;
    const { message, process, resolve, reject, ended } = going;
    process.dieAfter(diesAfter);
    try {
      resolve(this.otherSide.end(message, how));
    } catch (error) {
      reject(error as Error);
    }
    await ended;
    process.dieAfter(Infinity);
    this.#bury(process);
  }

  /** The process dies as it stands. */
  die(): void {
    this.#process.die();
    this.#bury(this.#process);
  }

  /** Another process takes over while this one is frozen: what it has begun it may still end. */
  freeze(): void {
    this.#takeOver(this.#process);
  }

  async pass(ms: number): Promise<void> {
    await this.#clock.forward(ms);
  }

  async sweep(diesAfter = Infinity): Promise<void> {
    const process = this.#process;
    process.dieAfter(diesAfter);
    await this.#unlessDied(async () => {
      await sweepReleased(process.tools);
      await sweepUntold(process.tools);
    });
    process.dieAfter(Infinity);
    this.#bury(process);
  }

  async #deliver(hand: Hand, diesAfter: number): Promise<void> {
    const process = this.#process;
    process.dieAfter(diesAfter);
    const reached = new Promise<Omit<Going, 'ended'>>((resolve) => (this.#reached = resolve));
    // The circuit is for the test of the circuit.
    const tools = { ...process.tools, gate: new Gate() };
    const ended = this.#unlessDied(() => deliver(tools, hand));
    const going = await Promise.race([reached, ended.then(() => null)]);
    process.dieAfter(Infinity);
    if (going) this.going.push({ ...going, ended });
    this.#bury(process);
  }

  async #unlessDied(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    }
  }

  async #send(message: string, process: Process): Promise<Done> {
    await this.#expectTurn(message).catch((error: unknown) => this.wrong.push(error));
    return new Promise((resolve, reject) => {
      this.#reached?.({ message, process, resolve, reject });
    });
  }

  /** Nothing is brought to the other side before all that stands before it has ended, nor after its own end. */
  async #expectTurn(message: string): Promise<void> {
    const before = this.messages.find(({ id }) => id === message);
    const lane = this.accepted.get(before?.subject ?? '') ?? [];
    const ids = lane.map(({ id }) => id);
    const earlier = ids.slice(0, ids.indexOf(message));
    const stands = await this.tables.stands();
    const waitsFor = earlier.filter((id) => !hasEnded(stands.get(id)));
    expect({ message, waitsFor }).toEqual({ message, waitsFor: [] });
    expect(hasEnded(stands.get(message))).toBe(false);
  }

  #bury(process: Process): void {
    if (!process.dead) return;
    for (const going of this.going.filter((one) => one.process === process)) {
      this.going.splice(this.going.indexOf(going), 1);
      going.reject(new Died());
    }
    if (process === this.#process) this.#takeOver(process);
  }

  /** What the one before had in hand goes back to its place in the queue. */
  #takeOver(from: Process): void {
    for (const queued of this.queue) if (queued.by === from) queued.by = null;
    this.#process = new Process(this.#world);
  }
}

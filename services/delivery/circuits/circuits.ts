import { within } from '#bus/deadline.js';
import { levelOf, startLoop, type Loop } from '../loop.js';
import type { Tools } from '../tools.js';
import { tellCircuits, type Told } from './store.js';

const leaveMs = 3_000;

/** Tells which circuits of this process are not closed, for those who look on; nothing of delivery depends on it. */
export class Circuits {
  readonly #tools: Pick<Tools, 'database' | 'gate' | 'timing' | 'log'>;
  readonly #replica: string;
  #loop: Loop | undefined;
  #told = 0;

  /** `replica`: under which this process tells. */
  constructor(tools: Pick<Tools, 'database' | 'gate' | 'timing' | 'log'>, replica: string) {
    this.#tools = tools;
    this.#replica = replica;
  }

  start(): void {
    const { timing, log } = this.#tools;
    this.#loop = startLoop('circuits', timing.beatMs, () => this.#tell(this.#now()), log);
  }

  /** One has changed: that is told at once. */
  wake(): void {
    this.#loop?.wake();
  }

  /** Tells that none is left; where PostgreSQL is away they stop counting by themselves. */
  async stop(): Promise<void> {
    await this.#loop?.stop();
    await within(this.#tell([]), leaveMs, 'telling the circuits').catch((error: unknown) =>
      this.#tools.log[levelOf(error)]({ err: error }, 'it was not told that the circuits ended'),
    );
  }

  #now(): Told[] {
    const nowMs = performance.now();
    return this.#tools.gate.troubled().flatMap(({ line, circuit }) => {
      if (circuit.phase === 'closed') return [];
      const { phase, openings } = circuit;
      const probeInMs = phase === 'open' ? Math.max(0, circuit.probeAt - nowMs) : null;
      return [{ ...line, phase, openings, probeInMs }];
    });
  }

  async #tell(circuits: readonly Told[]): Promise<void> {
    if (circuits.length === 0 && this.#told === 0) return;
    await this.#tools.database.scoped('*', (trx) => tellCircuits(trx, this.#replica, circuits));
    this.#told = circuits.length;
  }
}

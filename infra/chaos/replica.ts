import { setTimeout as pause } from 'node:timers/promises';
import type { Child, Ground, RoleStart } from './ground.js';

const restartMs = 1_000;
const lookMs = 200;

/**
 * One process of the bus, kept running as a deployment does it: what ends by itself is started again after a second. That
 * it ended is a flaw where it had been ready before.
 */
export class Replica {
  readonly name: string;
  readonly port: number;
  readonly #ground: Ground;
  readonly #start: RoleStart;
  readonly #flaws: string[] = [];
  #child: Child | undefined;
  #wanted = false;
  #starts = 0;

  constructor(ground: Ground, start: RoleStart) {
    this.#ground = ground;
    this.#start = start;
    this.name = start.name;
    this.port = start.port;
  }

  get flaws(): readonly string[] {
    return this.#flaws;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#starts;
  }

  /** Its internal port while it is ready; undefined else. */
  get internalPort(): number | undefined {
    if (!this.#child || this.#child.hasEnded()) return undefined;
    return this.#ground.readiness(this.name)?.internalPort;
  }

  async begin(): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#starts += 1;
    this.#child = await this.#ground.startRole(this.#start);
    void this.#mind(this.#child);
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (!child || child.hasEnded()) return;
    process.kill(child.pid, 'SIGKILL');
    await child.ended;
  }

  /** SIGSTOP: it is there, and does nothing. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  async untilReady(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.internalPort === undefined) {
      if (performance.now() > deadline) throw new Error(`${this.name} did not become ready`);
      await pause(lookMs);
    }
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child && !this.#child.hasEnded()) process.kill(this.#child.pid, signal);
  }

  async #mind(child: Child): Promise<void> {
    const how = await child.ended;
    if (!this.#wanted || this.#child !== child) return;
    if (this.#ground.readiness(this.name)) this.#flaws.push(`${this.name} ended by itself ${how}`);
    this.#wanted = false;
    await pause(restartMs);
    await this.begin();
  }
}

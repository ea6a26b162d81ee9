import { releasedIn } from '#parked/ramp.js';

/** How fast one order goes in this process: along the ramp from when it was begun or went on here. */
export class Pace {
  readonly #rate: number;
  readonly #stepMs: number;
  readonly #sinceMs: number;
  #given = 0;

  constructor(rate: number, stepMs: number, nowMs: number) {
    this.#rate = rate;
    this.#stepMs = stepMs;
    // The first goes at once.
    this.#sinceMs = nowMs - 1_000;
  }

  /** How many may be released now; what is not made use of is lost, and a long absence is not made up for. */
  take(nowMs: number): number {
    const allowed = Math.floor(releasedIn(nowMs - this.#sinceMs, this.#rate, this.#stepMs));
    const room = Math.min(allowed - this.#given, this.#rate);
    this.#given = allowed;
    return room;
  }
}

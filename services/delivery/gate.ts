import { setTimeout as pause } from 'node:timers/promises';
import {
  afterAnswer,
  afterFailure,
  closed,
  startsPerSecond,
  type Circuit,
} from './decide/circuit.js';
import { lineKey, type Line } from './line.js';
import { Stopping } from './patience.js';

const lookMs = 100;

/** Messages of one line that are tried at the same time, at most: one tenant's slow system never takes all of a process. */
export const placesPerLine = 10;

/** Gives the place back. */
export type Leave = () => void;

interface State {
  readonly line: Line;
  circuit: Circuit;
  running: number;
  probing: boolean;
  nextStart: number;
  readonly queue: (() => void)[];
}

type Listener = (line: Line, now: Circuit, before: Circuit) => void;

/** Bounds and circuit of each line, in this process. */
export class Gate {
  readonly #states = new Map<string, State>();
  readonly #listeners: Listener[] = [];
  readonly #places: number;
  #held: ReadonlySet<string> = new Set();
  #closed = false;

  /** `places`: messages of one line that are tried at the same time, at most. */
  constructor(places: number = placesPerLine) {
    this.#places = places;
  }
  #suspectInHand = false;

  /** Called when the phase of a line's circuit changes. */
  onPhase(listener: Listener): void {
    this.#listeners.push(listener);
  }

  phase(line: Line): Circuit['phase'] {
    return this.#stateOf(line).circuit.phase;
  }

  /** The lines that are held, as this process last read them. */
  hold(lines: readonly Line[]): void {
    this.#held = new Set(lines.map(lineKey));
  }

  /** What waits at a line that stands still is given up: it comes again elsewhere. */
  close(): void {
    this.#closed = true;
  }

  /**
   * Waits, unacknowledged, while the line is held or its circuit is open, at most `longestMs`; where the broker has taken
   * the message back meanwhile (`gone`) it is given up, as it comes again. The consumer is not cancelled for that: the
   * next in line would get what follows before what it had in hand has gone back, and a subject would overtake itself.
   */
  async untilMoving(line: Line, gone: () => boolean, longestMs = Infinity): Promise<void> {
    const until = performance.now() + longestMs;
    while (this.#held.has(lineKey(line)) || this.phase(line) === 'open') {
      if (this.#closed || gone()) throw new Stopping();
      if (performance.now() >= until) return;
      await pause(lookMs);
    }
  }

  /** Until the open circuit of the line may be probed; null where it is not open. */
  circuitMs(line: Line): number | null {
    const { circuit } = this.#stateOf(line);
    return circuit.phase === 'open' ? Math.max(1, circuit.probeAt - performance.now()) : null;
  }

  /** Every line whose circuit is not closed, with that circuit. */
  troubled(): readonly { readonly line: Line; readonly circuit: Circuit }[] {
    return [...this.#states.values()].filter(({ circuit }) => circuit.phase !== 'closed');
  }

  /** The circuit is open and one message may now find out whether the system is back. */
  mayProbe(line: Line): boolean {
    const { circuit, probing } = this.#stateOf(line);
    return circuit.phase === 'open' && !probing && performance.now() >= circuit.probeAt;
  }

  /** Nobody else probes until this one has ended. */
  beginProbe(line: Line): Leave {
    const state = this.#stateOf(line);
    state.probing = true;
    return () => {
      state.probing = false;
    };
  }

  /** How many messages may be started now. */
  room(line: Line): number {
    const { circuit, running, nextStart } = this.#stateOf(line);
    const places = Math.max(0, this.#places - running);
    if (circuit.phase === 'closed') return places;
    if (circuit.phase === 'open' || performance.now() < nextStart) return 0;
    // Half a second's worth: `enter` lets them start one after the other.
    return Math.min(places, Math.ceil(startsPerSecond(circuit) / 2));
  }

  /** Half of the places are taken: more come than go. */
  crowded(line: Line): boolean {
    return this.#stateOf(line).running >= this.#places / 2;
  }

  /** Waits for a place, and while the line recovers for its turn. */
  async enter(line: Line): Promise<Leave> {
    const state = this.#stateOf(line);
    while (state.running >= this.#places)
      await new Promise<void>((resolve) => state.queue.push(resolve));
    state.running += 1;
    await this.#pace(state);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      state.running -= 1;
      state.queue.shift()?.();
    };
  }

  /** Waits until no other suspect is in hand in this process; given up where the broker has taken it back (`gone`). */
  async alone(gone: () => boolean): Promise<Leave> {
    while (this.#suspectInHand) {
      if (this.#closed || gone()) throw new Stopping();
      await pause(lookMs);
    }
    this.#suspectInHand = true;
    return () => {
      this.#suspectInHand = false;
    };
  }

  /** The system could not be reached, or asked for patience. */
  failed(line: Line, retryAfterMs?: number): void {
    const now = { ms: performance.now(), chance: Math.random() };
    this.#change(line, (circuit) => afterFailure(circuit, now, retryAfterMs));
  }

  /** The system answered; or nothing is left to probe it with, and the queue may bring the next. */
  answered(line: Line): void {
    this.#change(line, (circuit) => afterAnswer(circuit, { ms: performance.now() }));
  }

  async #pace(state: State): Promise<void> {
    for (;;) {
      const rate = startsPerSecond(state.circuit);
      const now = performance.now();
      if (rate === 0 || rate === Infinity) return;
      if (now >= state.nextStart) {
        state.nextStart = now + 1_000 / rate;
        return;
      }
      // Not the whole wait: the rate rises meanwhile.
      await pause(Math.min(lookMs, state.nextStart - now));
    }
  }

  #change(line: Line, next: (circuit: Circuit) => Circuit): void {
    const state = this.#stateOf(line);
    const before = state.circuit;
    state.circuit = next(before);
    if (state.circuit.phase === before.phase) return;
    for (const listener of this.#listeners) listener(line, state.circuit, before);
  }

  #stateOf(line: Line): State {
    const key = lineKey(line);
    const known = this.#states.get(key);
    if (known) return known;
    const made = { line, circuit: closed, running: 0, probing: false, nextStart: 0, queue: [] };
    this.#states.set(key, made);
    return made;
  }
}

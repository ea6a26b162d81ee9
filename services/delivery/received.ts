import { lineKey, type Line } from './line.js';
import type { Tools } from './tools.js';

interface Waiting {
  readonly line: Line;
  /** Moments of acceptance, of what is in hand of the line. */
  readonly since: Set<{ readonly acceptedMs: number }>;
}

/** What queues have brought to this process and is not at its end: the heads of its queues. */
export class Received {
  readonly #lines = new Map<string, Waiting>();

  /** Knows the message while `work` runs. */
  async during<T>(line: Line, acceptedAt: string, work: () => Promise<T>): Promise<T> {
    const key = lineKey(line);
    const waiting = this.#lines.get(key) ?? { line, since: new Set() };
    const one = { acceptedMs: Date.parse(acceptedAt) };
    waiting.since.add(one);
    this.#lines.set(key, waiting);
    try {
      return await work();
    } finally {
      waiting.since.delete(one);
      if (waiting.since.size === 0) this.#lines.delete(key);
    }
  }

  /** Per line the age of its oldest message in hand. */
  oldestSeconds(nowMs: number): readonly (readonly [Line, number])[] {
    return [...this.#lines.values()].map(({ line, since }) => {
      const first = Math.min(...[...since].map(({ acceptedMs }) => acceptedMs));
      return [line, Math.max(0, nowMs - first) / 1_000];
    });
  }
}

/** Shows per line since when what is in hand waits. */
export const showWaiting = ({ metrics, received }: Pick<Tools, 'metrics' | 'received'>): void =>
  metrics.oldestInHand.from(() =>
    received
      .oldestSeconds(Date.now())
      .map(([{ tenant, target }, seconds]) => [{ tenant, connector: target }, seconds]),
  );

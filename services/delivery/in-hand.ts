import type { Envelope } from '#bus/envelope.js';
import { lineKey, type Line } from './line.js';

const keyOf = (line: Line, busId: string): string => `${lineKey(line)}/${busId}`;

/** Envelopes of the messages that connectors of this process have in hand: the postvak keeps them too. */
export class InHand {
  readonly #envelopes = new Map<string, Envelope>();

  /** Knows the envelope while `work` runs. */
  async during<T>(line: Line, envelope: Envelope, work: () => Promise<T>): Promise<T> {
    const key = keyOf(line, envelope.id);
    this.#envelopes.set(key, envelope);
    try {
      return await work();
    } finally {
      this.#envelopes.delete(key);
    }
  }

  envelopeOf(line: Line, busId: string): Envelope | undefined {
    return this.#envelopes.get(keyOf(line, busId));
  }
}

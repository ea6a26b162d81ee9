import type { Envelope } from '#bus/envelope.js';

/** Envelopes of the messages that connectors of this process have in hand, by bus id: the postvak keeps them too. */
export class InHand {
  readonly #envelopes = new Map<string, Envelope>();

  /** Knows the envelope while `work` runs. */
  async during<T>(envelope: Envelope, work: () => Promise<T>): Promise<T> {
    this.#envelopes.set(envelope.id, envelope);
    try {
      return await work();
    } finally {
      this.#envelopes.delete(envelope.id);
    }
  }

  envelopeOf(busId: string): Envelope | undefined {
    return this.#envelopes.get(busId);
  }
}

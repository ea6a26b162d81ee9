import type { Envelope } from '#bus/envelope.js';

/** On whose behalf something is accepted: a credential at the door, or a connector of the bus itself. */
export interface Sender {
  readonly tenant: string;
  readonly sources: readonly string[];
  readonly types: readonly string[];
  /** Connector instance that is never a target of this message. */
  readonly system: string | null;
}

export interface Accepted {
  readonly id: string;
  readonly envelope: Envelope;
}

/**
 * Validates, routes and publishes one CloudEvent (already parsed JSON). Resolves after the broker has confirmed
 * every target queue and the audit queue; throws a `Refusal` after which nothing has entered.
 */
export type Accept = (event: unknown, sender: Sender) => Promise<Accepted>;

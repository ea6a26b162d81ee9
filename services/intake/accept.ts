import { LRUCache } from 'lru-cache';
import type { Envelope } from '#bus/envelope.js';
import { BrokerUnavailable } from '#bus/failures.js';
import type { Log } from '#runtime/log.js';
import type { GatewayMetrics } from '#runtime/metrics.js';
import type { Accept, Sender } from './accepted.js';
import { envelopeOf, prepare, sealedEvent, type PrepareOptions } from './prepare.js';
import { refuse } from './reasons.js';
import { Refusal } from './refusal.js';
import { typeOf } from './sender-rules.js';
import { ship, type Carrier } from './shipping.js';

const mostDigests = 100_000;

export interface AcceptOptions extends Carrier, PrepareOptions {
  /** Counts what was accepted; refusals are counted at the door, which also knows those of the bytes. */
  readonly metrics?: Pick<GatewayMetrics, 'accepted'>;
  /** Hears the cause of a 500 or 503. */
  readonly log?: Pick<Log, 'warn'>;
  /** How many accepted ids are remembered to tell a repeat from a conflict at the door. */
  readonly rememberedIds?: number;
}

/** What is not a refusal is a fault of ours: nothing was promised, and the cause is in the log. */
const asRefusal = (error: unknown, log: AcceptOptions['log']): Refusal => {
  const refusal = error instanceof Refusal ? error : refuse('unclassified', { cause: error });
  // That the broker is away is told once, by the line to it.
  if (refusal.cause !== undefined && !(refusal.cause instanceof BrokerUnavailable))
    log?.warn({ err: refusal.cause }, 'a message was not accepted');
  return refusal;
};

/**
 * The one gate through which every message enters, from a sender as from a connector: read, checks, digest, route,
 * publish. Throws nothing but `Refusal`. The 413, 415 and 400 of the bytes are the door's; those of values are here.
 */
export const createAccept = (options: AcceptOptions): Accept => {
  const digests = new LRUCache<string, string>({ max: options.rememberedIds ?? mostDigests });

  const pass = async (event: unknown, sender: Sender): Promise<Envelope> => {
    const prepared = await prepare(event, sender, options, typeOf);
    const { id, digest, candidate } = prepared;
    if ((digests.get(id) ?? digest) !== digest) throw refuse('conflict');
    const envelope = envelopeOf(prepared);
    await ship(options, envelope, sealedEvent(candidate, envelope, options.publicUrl));
    // Only now: the id of a message that was refused is free again.
    digests.set(id, digest);
    options.metrics?.accepted.inc({ tenant: envelope.tenant, type: envelope.type });
    return envelope;
  };

  return async (event, sender) => {
    try {
      const envelope = await pass(event, sender);
      return { id: envelope.id, envelope };
    } catch (error) {
      throw asRefusal(error, options.log);
    }
  };
};

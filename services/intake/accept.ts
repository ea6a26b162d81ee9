import { LRUCache } from 'lru-cache';
import { busIdOf, type Envelope } from '#bus/envelope.js';
import { BrokerUnavailable } from '#bus/failures.js';
import { seal } from '#runtime/keys.js';
import type { Log } from '#runtime/log.js';
import type { Metrics } from '#runtime/metrics.js';
import type { Directory } from '#tenants/directory.js';
import type { AttachmentStore } from '../attachments/store.js';
import type { Accept, Sender } from './accepted.js';
import { checkAttachments } from './attachment-rules.js';
import type { Candidate, TypedCandidate } from './candidate.js';
import {
  checkCharacters,
  checkData,
  checkPersonalData,
  checkSubject,
  checkTime,
  checkVerwerking,
} from './content-rules.js';
import { deliveredEvent } from './delivered-event.js';
import { digestOf } from './digest.js';
import { readEnvelope } from './envelope-rules.js';
import { checkJson } from './json-rules.js';
import { refuse } from './reasons.js';
import { Refusal, type RefusalCode } from './refusal.js';
import { route } from './routing.js';
import { checkSender, typeOf } from './sender-rules.js';
import { ship, type Carrier } from './shipping.js';
import { continueTrace } from './traceparent.js';

const questionLivesMs = 3_600_000;
const mostDigests = 100_000;

export interface AcceptOptions extends Carrier {
  readonly directory: () => Directory;
  /** Address of the gateway without a slash at the end: the contexts that receivers read lie under it. */
  readonly publicUrl: string;
  readonly attachments: Pick<AttachmentStore, 'describe'>;
  /** Counts what was accepted; refusals are counted at the door, which also knows those of the bytes. */
  readonly metrics?: Pick<Metrics, 'accepted'>;
  /** Hears the cause of a 500 or 503. */
  readonly log?: Pick<Log, 'warn'>;
  readonly now?: () => Date;
  /** How many accepted ids are remembered to tell a repeat from a conflict at the door. */
  readonly rememberedIds?: number;
}

/** One check of a message that can be read, with the codes it refuses with. */
interface Check {
  readonly name: string;
  readonly refuses: readonly RefusalCode[];
  readonly run: (candidate: TypedCandidate, options: AcceptOptions) => void | Promise<void>;
}

/** The checks of a message's content, in the order in which they run: the first that refuses ends it. */
export const checks: readonly Check[] = [
  { name: 'characters', refuses: ['invalid'], run: checkCharacters },
  { name: 'subject', refuses: ['subject-mismatch'], run: checkSubject },
  { name: 'time', refuses: ['time-implausible'], run: checkTime },
  {
    name: 'verwerking',
    refuses: ['verwerking-missing', 'verwerking-unknown'],
    run: checkVerwerking,
  },
  { name: 'attributes', refuses: ['personal-data-in-attribute'], run: checkPersonalData },
  {
    name: 'data',
    refuses: ['invalid'],
    run: (candidate, { publicUrl }) => checkData(candidate, publicUrl),
  },
  {
    name: 'attachments',
    refuses: ['attachment-unknown'],
    run: (candidate, { attachments }) => checkAttachments(candidate, attachments),
  },
];

/** 400 and 415, then 403: what must be right before the content is looked at. */
const read = (event: unknown, sender: Sender, options: AcceptOptions): Candidate => {
  const unfit = checkJson(event);
  const { event: sent, ...attributes } = readEnvelope(event);
  const tenant = checkSender(attributes, sender, options.directory());
  return { event: sent, attributes, unfit, sender, tenant, at: options.now?.() ?? new Date() };
};

const envelopeOf = (candidate: TypedCandidate, id: string, digest: string): Envelope => {
  const { attributes, messageType, tenant, sender, at, event } = candidate;
  const { type, source, subject, time, verwerking, correlationId, causationId } = attributes;
  return {
    version: 1,
    id,
    tenant: tenant.id,
    type,
    kind: messageType.kind,
    source,
    senderId: attributes.id,
    subject,
    time,
    acceptedAt: at.toISOString(),
    expiresAt:
      messageType.kind === 'question'
        ? new Date(at.getTime() + questionLivesMs).toISOString()
        : null,
    digest,
    targets: route(event, messageType, tenant, sender.system),
    verwerking,
    traceparent: continueTrace(attributes.traceparent),
    correlationId,
    causationId,
    origin: sender.system,
  };
};

const sealedEvent = (candidate: TypedCandidate, envelope: Envelope, publicUrl: string): Buffer => {
  const { event, messageType, tenant, attributes } = candidate;
  const traced = attributes.traceparent !== null;
  const delivered = deliveredEvent(event, envelope, { messageType, publicUrl, traced });
  const plain = Buffer.from(JSON.stringify(delivered), 'utf8');
  return seal(plain, tenant.bodyKeys, `${tenant.id}|${envelope.id}`);
};

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
    const candidate = read(event, sender, options);
    const typed = { ...candidate, messageType: typeOf(candidate.attributes) };
    for (const check of checks) await check.run(typed, options);
    const { source, id: senderId, type, subject, data } = typed.attributes;
    const id = busIdOf(sender.tenant, source, senderId);
    const digest = digestOf(type, subject, data);
    if ((digests.get(id) ?? digest) !== digest) throw refuse('conflict');
    const envelope = envelopeOf(typed, id, digest);
    await ship(options, envelope, sealedEvent(typed, envelope, options.publicUrl));
    // Only now: the id of a message that was refused is free again.
    digests.set(id, digest);
    options.metrics?.accepted.inc({ tenant: envelope.tenant, type });
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

import { busIdOf, type Envelope } from '#bus/envelope.js';
import type { MessageType } from '#oslo/catalogue.js';
import { seal } from '#runtime/keys.js';
import type { Directory } from '#tenants/directory.js';
import type { Sender } from './accepted.js';
import type { Candidate, TypedCandidate } from './candidate.js';
import { checks, type CheckOptions } from './checks.js';
import { deliveredEvent } from './delivered-event.js';
import { digestOf } from './digest.js';
import { readEnvelope, type Attributes } from './envelope-rules.js';
import { checkJson } from './json-rules.js';
import { route } from './routing.js';
import { checkSender } from './sender-rules.js';
import { continueTrace } from './traceparent.js';

/** A question that nobody has answered by then has expired. */
const questionLivesMs = 3_600_000;

export interface PrepareOptions extends CheckOptions {
  readonly directory: () => Directory;
  readonly now?: () => Date;
}

/** A message that follows every rule, not routed or sealed yet. */
export interface Prepared {
  readonly candidate: TypedCandidate;
  readonly id: string;
  readonly digest: string;
}

/** 400 and 415, then 403: what must be right before the content is looked at. */
const read = (event: unknown, sender: Sender, options: PrepareOptions): Candidate => {
  const unfit = checkJson(event);
  const { event: sent, ...attributes } = readEnvelope(event);
  const tenant = checkSender(attributes, sender, options.directory());
  return { event: sent, attributes, unfit, sender, tenant, at: options.now?.() ?? new Date() };
};

/** Reads and checks a message; `typeOf` says which types may come this way. Throws what `accept` refuses. */
export const prepare = async (
  event: unknown,
  sender: Sender,
  options: PrepareOptions,
  typeOf: (attributes: Attributes) => MessageType,
): Promise<Prepared> => {
  const candidate = read(event, sender, options);
  const typed = { ...candidate, messageType: typeOf(candidate.attributes) };
  for (const check of checks) await check.run(typed, options);
  const { source, id: senderId, type, subject, data } = typed.attributes;
  return {
    candidate: typed,
    id: busIdOf(sender.tenant, source, senderId),
    digest: digestOf(type, subject, data),
  };
};

/** The envelope under which it travels, with its targets. Throws `no-route`. */
export const envelopeOf = ({ candidate, id, digest }: Prepared): Envelope => {
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

/** The CloudEvent as it is delivered, sealed with the key of the tenant. */
export const sealedEvent = (
  candidate: TypedCandidate,
  envelope: Envelope,
  publicUrl: string,
): Buffer => {
  const { event, messageType, tenant, attributes } = candidate;
  const traced = attributes.traceparent !== null;
  const delivered = deliveredEvent(event, envelope, { messageType, publicUrl, traced });
  const plain = Buffer.from(JSON.stringify(delivered), 'utf8');
  return seal(plain, tenant.bodyKeys, `${tenant.id}|${envelope.id}`);
};

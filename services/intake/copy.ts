import type { Envelope } from '#bus/envelope.js';
import type { Directory } from '#tenants/directory.js';
import { referencesIn } from './attachment-rules.js';
import type { EventAsSent } from './envelope-rules.js';
import { prepare, sealedEvent } from './prepare.js';
import { typeOf } from './sender-rules.js';

/** A message at one target, opened. */
export interface Original {
  readonly envelope: Envelope;
  readonly target: string;
  /** As it was delivered. */
  readonly event: EventAsSent;
}

export interface CopyOptions {
  readonly directory: () => Directory;
  readonly publicUrl: string;
  readonly now?: () => Date;
}

export interface Copy {
  readonly envelope: Envelope;
  /** Sealed CloudEvent. */
  readonly body: Buffer;
}

const longestId = 128;

/** The same original at the same target has one copy, however often it is asked for. */
const copyIdOf = ({ envelope, target }: Original): string => {
  const id = `${envelope.senderId}~${target}`;
  return Array.from(id).length <= longestId ? id : `${envelope.id}~${target}`;
};

/** What the bus had added is what it adds again. */
const eventOf = (original: Original, data: unknown): EventAsSent => ({
  ...original.event,
  id: copyIdOf(original),
  causationid: original.envelope.id,
  data,
});

/**
 * A copy of a message with other data, for the target of the original only, checked as any message is. Everything else
 * stays: tenant, type, source, subject, time, processing activity. Attachments may be left out, not added. Throws
 * `Refusal`.
 */
export const copyOf = async (
  original: Original,
  data: unknown,
  options: CopyOptions,
): Promise<Copy> => {
  const { tenant } = original.envelope;
  const sender = { tenant, sources: ['*'], types: ['*'], system: null };
  const known = referencesIn(original.event['data']);
  const attachments = {
    describe: (_: string, id: string) => Promise.resolve(known.has(id) ? {} : null),
  };
  const prepared = await prepare(
    eventOf(original, data),
    sender,
    { ...options, attachments },
    typeOf,
  );
  const { candidate, id, digest } = prepared;
  const envelope: Envelope = {
    ...original.envelope,
    id,
    senderId: candidate.attributes.id,
    digest,
    targets: [original.target],
    acceptedAt: candidate.at.toISOString(),
    causationId: original.envelope.id,
  };
  return { envelope, body: sealedEvent(candidate, envelope, options.publicUrl) };
};

import { messageTypes, type MessageType } from '#oslo/catalogue.js';
import type { Directory, Tenant } from '#tenants/directory.js';
import type { Sender } from './accepted.js';
import type { Attributes } from './envelope-rules.js';
import { refuse } from './reasons.js';

const allows = (list: readonly string[], value: string): boolean =>
  list.includes('*') || list.includes(value);

/**
 * What the sender may: throws `forbidden`, `tenant-mismatch`, `source-not-allowed`, `type-not-allowed` (403).
 * Answers the tenant on whose behalf it speaks.
 */
export const checkSender = (
  attributes: Attributes,
  sender: Sender,
  directory: Directory,
): Tenant => {
  const tenant = directory.tenants.get(sender.tenant);
  if (!tenant) throw refuse('forbidden');
  if (attributes.tenant !== null && attributes.tenant !== tenant.id)
    throw refuse('tenant-mismatch');
  if (!allows(sender.sources, attributes.source)) throw refuse('source-not-allowed');
  if (!allows(sender.types, attributes.type)) throw refuse('type-not-allowed');
  return tenant;
};

/** The message type, or `unknown-type` (422); an answer is nobody's to send (403). */
export const typeOf = ({ type }: Attributes): MessageType => {
  const messageType = messageTypes.get(type);
  if (!messageType) throw refuse('unknown-type');
  if (messageType.kind === 'answer') throw refuse('type-not-allowed');
  return messageType;
};

import type { MessageType } from '#oslo/catalogue.js';
import type { Tenant } from '#tenants/directory.js';
import { matcherOf } from '#tenants/filter.js';
import type { EventAsSent } from './envelope-rules.js';
import { refuse } from './reasons.js';

/**
 * Targets of a message: of every route of its type whose filter lets it through, each once, never the instance it came
 * from. A command or question goes where its first such route says. A disabled instance stays a target: its queue keeps
 * the message. An answer goes to whoever asked. Throws `no-route` where the type may not stay without a target.
 */
export const route = (
  event: EventAsSent,
  messageType: MessageType,
  tenant: Tenant,
  origin: string | null,
): readonly string[] => {
  if (messageType.kind === 'answer') return [];
  const matching = tenant.routes.filter(
    (candidate) => candidate.type === messageType.type && matcherOf(candidate)(event),
  );
  const all = new Set(matching.flatMap(({ targets }) => targets).filter((one) => one !== origin));
  const targets = messageType.kind === 'event' ? [...all] : [...all].slice(0, 1);
  if (messageType.kind === 'question') return [answering(targets, messageType, tenant)];
  if (targets.length === 0 && (messageType.mustArrive || messageType.kind === 'command'))
    throw refuse('no-route', { params: { type: messageType.type } });
  return targets;
};

/** Nobody waits for a system to be switched on again: a question goes to one that is. Throws `no-route`. */
const answering = (
  [target = '']: readonly string[],
  { type }: MessageType,
  { connectors }: Tenant,
): string => {
  if (target !== '' && connectors.get(target)?.enabled !== false) return target;
  throw refuse('no-route', { params: { type, variant: 'question' } });
};

import type { Sender } from '#intake/accepted.js';
import type { Access } from '../access/access.js';
import type { Reader } from '../problems/problem.js';

/** Who posts, and how to speak to them. */
export interface Caller extends Reader {
  readonly access: Access;
}

/** Where what became of a message can be asked. */
export const pathOf = (id: string): string => `/v1/messages/${id}`;

/** What a caller reads of a message that has entered. */
export const acceptedBody = (id: string) => ({
  id,
  status: 'accepted',
  links: { self: pathOf(id) },
});

/** On whose behalf `accept` takes what comes in. */
export const senderOf = ({ credential }: Access): Sender => ({
  tenant: credential.tenant,
  sources: credential.sources,
  types: credential.types,
  system: credential.system,
});

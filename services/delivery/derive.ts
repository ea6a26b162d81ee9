import type { Sender } from '#intake/accepted.js';
import type { Derived, Json } from '#kit/message.js';
import type { Line } from './line.js';

/** Where a derived message comes from and what it hangs on. */
export interface Descent {
  readonly line: Line;
  /** IRI of the thing it is about, where the object does not name itself; null where the bus does not know it. */
  readonly subject: string | null;
  readonly verwerking: string | null;
  readonly correlationId: string | null;
  readonly causationId: string | null;
}

const sourceOf = ({ tenant, target }: Line): string => `urn:lb:${tenant}:${target}`;

/** A connector instance as a sender: of this one type, under its own source, never routed back to itself. */
export const senderOf = (line: Line, type: string): Sender => ({
  tenant: line.tenant,
  sources: [sourceOf(line)],
  types: [type],
  system: line.target,
});

/** The CloudEvent of what a connector derived; null where nobody knows what it is about. */
export const eventOf = (derived: Derived, descent: Descent): Record<string, Json> | null => {
  const named = derived.data['@id'];
  const subject = typeof named === 'string' ? named : descent.subject;
  if (subject === null) return null;
  const { verwerking, correlationId, causationId } = descent;
  return {
    specversion: '1.0',
    id: derived.id,
    source: sourceOf(descent.line),
    type: derived.type,
    subject,
    time: derived.time,
    datacontenttype: 'application/ld+json',
    ...(verwerking !== null && { verwerking }),
    ...(correlationId !== null && { correlationid: correlationId }),
    ...(causationId !== null && { causationid: causationId }),
    data: derived.data as Record<string, Json>,
  };
};

/**
 * Processing activity of a message about a thing: of the message that taught it, as long as the tenant's register still
 * has it; else the first of the register, since a system tells nothing of its own. Null where there is no register.
 */
export const verwerkingFor = (taught: string | null, register: readonly string[]): string | null =>
  taught !== null && register.includes(taught) ? taught : (register[0] ?? null);

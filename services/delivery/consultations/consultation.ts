import type { Register } from '#kit/register.js';
import { pseudonymOf } from '#tenants/pseudonym.js';
import type { Attempted } from '../attempt.js';
import { made, type Work } from '../stages/stage.js';

/** One question to an authentic source, as it stands in the register before it leaves. */
export interface Consultation {
  readonly tenant: string;
  /** The message that asks; null where the bus itself looks what a source has ready. */
  readonly message: string | null;
  /** What the source knows the question by. */
  readonly reference: string;
  readonly target: string;
  readonly connector: string;
  readonly operation: string;
  readonly type: string;
  readonly service: string;
  readonly application: string;
  readonly official: string | null;
  readonly capacity: string | null;
  readonly verwerking: string | null;
  /** Pseudonyms of those it is about. */
  readonly about: readonly string[];
}

/** What came of a question that stands in the register. */
export interface Conclusion {
  readonly id: string;
  readonly outcome: 'answered' | 'refused' | 'failed';
  readonly code: string | null;
  /** Pseudonyms of those of whom the answer told. */
  readonly found: readonly string[];
}

/** Extension attribute by which an application states which official asks: an id of its own for him, no name and no number. */
const officialAttribute = 'gebruiker';

const officialOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** What the register says of the question that this work is about to ask. */
export const consultationOf = (
  work: Work,
  register: Register<unknown, unknown, unknown>,
): Consultation => {
  const { envelope, target } = work.shipment;
  const { name, open } = made(work.operation, 'choose');
  const message = made(work.message, 'unseal');
  const said = register.entry(work.request, { settings: open.settings, messageId: envelope.id });
  return {
    tenant: envelope.tenant,
    message: envelope.id,
    reference: said.reference,
    target,
    connector: open.connector.id,
    operation: name,
    type: envelope.type,
    service: said.service ?? register.service,
    application: envelope.source,
    official: officialOf(message.event[officialAttribute]),
    capacity: said.capacity,
    verwerking: envelope.verwerking,
    about: said.about.map((number) => pseudonymOf(number, work.tenant.bodyKeys)),
  };
};

/** What the register says of how an attempt ended; null where it asked no authentic source. */
export const conclusionOf = (attempted: Attempted | null): Conclusion | null => {
  if (!attempted?.work.consultation) return null;
  const { work, trouble, sent } = attempted;
  return {
    id: attempted.work.consultation,
    outcome: sent ? 'answered' : trouble?.verdict === 'reject' ? 'refused' : 'failed',
    code: trouble?.code ?? null,
    found: work.found.map((number) => pseudonymOf(number, work.tenant.bodyKeys)),
  };
};

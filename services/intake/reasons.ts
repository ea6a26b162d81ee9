import { Refusal, type RefusalCode, type RefusalReason } from './refusal.js';

/** HTTP status of each code that `accept` refuses with. */
const statuses = {
  'envelope-invalid': 400,
  'too-deep': 400,
  forbidden: 403,
  'tenant-mismatch': 403,
  'source-not-allowed': 403,
  'type-not-allowed': 403,
  conflict: 409,
  'unsupported-media': 415,
  'unknown-type': 422,
  invalid: 422,
  'subject-mismatch': 422,
  'time-implausible': 422,
  'no-route': 422,
  'verwerking-missing': 422,
  'verwerking-unknown': 422,
  'personal-data-in-attribute': 422,
  'attachment-unknown': 422,
  unclassified: 500,
  'broker-unavailable': 503,
} as const satisfies Partial<Record<RefusalCode, number>>;

/** Codes with which a message is refused once its bytes were read. */
export type ValueRefusalCode = keyof typeof statuses;

/** A reason at a place; its code is the first part of the key of its text. */
export const reason = (
  pointer: string,
  key: string,
  params: Readonly<Record<string, string | number>> = {},
): RefusalReason => ({ pointer, code: key.split('.')[0] ?? key, text: { key, params } });

/** A refusal with the status of its code. */
export const refuse = (
  code: ValueRefusalCode,
  details: ConstructorParameters<typeof Refusal>[2] = {},
): Refusal => new Refusal(code, statuses[code], details);

import canonicalizeModule from 'canonicalize';
import { hash } from 'node:crypto';

/** RFC 8785. The package is CommonJS with the types of an ES module: what Node imports is the function itself. */
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string;

/** What a repeat must have the same: SHA-256 in hex over RFC 8785 canonical JSON of `[type, subject, data]` as sent. */
export const digestOf = (type: string, subject: string, data: unknown): string =>
  hash('sha256', canonicalize([type, subject, data]), 'hex');

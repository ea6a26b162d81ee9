import type { IncomingMessage } from 'node:http';
import { Refusal } from '#intake/refusal.js';

const malformed = (name: string, key: string): Refusal =>
  new Refusal('envelope-invalid', 400, {
    reasons: [{ pointer: `/${name}`, code: 'format', text: { key, params: {} } }],
  });

const unquoted = (value: string): string =>
  /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;

/** CloudEvents HTTP binding, section 3.1.3.2: quotes off, then one round of percent-decoding as UTF-8. */
const decoded = (name: string, value: string): string => {
  if (/[^\x20-\x7e]/.test(value)) throw malformed(name, 'door.header-ascii');
  try {
    return decodeURIComponent(unquoted(value));
  } catch {
    throw malformed(name, 'door.header-percent');
  }
};

/** The attributes in the `ce-` headers. Throws 400 for one that is no attribute, stands twice or is not percent-encoded. */
export const attributesOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headersDistinct)
      .filter(([header]) => header.startsWith('ce-'))
      .map(([header, values = []]) => {
        const name = header.slice('ce-'.length);
        if (!/^[a-z0-9]+$/.test(name) || name === 'data') throw malformed(name, 'door.attribute');
        if (values.length !== 1) throw malformed(name, 'door.header-twice');
        return [name, decoded(name, values[0] ?? '')];
      }),
  );

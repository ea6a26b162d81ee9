import type { TypedCandidate } from './candidate.js';
import { reason, refuse } from './reasons.js';

const scheme = 'urn:lb-bus:attachment:';
/** Where attachments lie, as far as is asked whether they do. */
export interface Attachments {
  readonly describe: (tenant: string, id: string) => Promise<object | null>;
}

/** Looked up at the same time. */
const abreast = 16;
const retryAfterSeconds = 5;

/** Every reference to an attachment on the bus, with its places. */
export const referencesIn = (data: unknown): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  const waiting: { readonly value: unknown; readonly pointer: string }[] = [
    { value: data, pointer: '/data' },
  ];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const { value, pointer } = place;
    if (typeof value === 'string' && value.startsWith(scheme)) {
      const id = value.slice(scheme.length);
      const pointers = found.get(id);
      if (pointers) pointers.push(pointer);
      else found.set(id, [pointer]);
    }
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, part] of Object.entries(value) as [string, unknown][])
      waiting.push({ value: part, pointer: `${pointer}/${name}` });
  }
  return found;
};

const lookUp = async (
  attachments: Attachments,
  tenant: string,
  ids: readonly string[],
): Promise<readonly boolean[]> => {
  try {
    const described = await Promise.all(ids.map((id) => attachments.describe(tenant, id)));
    return described.map((one) => one !== null);
  } catch (cause) {
    throw refuse('broker-unavailable', { retryAfterSeconds, cause });
  }
};

/** Attachments that the data refer to lie in the store, for this very tenant; 503 where it cannot be asked. */
export const checkAttachments = async (
  { attributes, tenant }: TypedCandidate,
  attachments: Attachments,
): Promise<void> => {
  const references = [...referencesIn(attributes.data)];
  const unknown: string[] = [];
  for (let from = 0; from < references.length; from += abreast) {
    const part = references.slice(from, from + abreast);
    const ids = part.map(([id]) => id);
    const known = await lookUp(attachments, tenant.id, ids);
    for (const [index, [, pointers]] of part.entries())
      if (!known[index]) for (const pointer of pointers) unknown.push(pointer);
  }
  if (unknown.length > 0)
    throw refuse('attachment-unknown', {
      reasons: unknown.map((pointer) => reason(pointer, 'not-in-codelist.attachment')),
    });
};

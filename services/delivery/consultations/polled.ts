import { randomUUID } from 'node:crypto';
import type { AnySource, Page } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import type { ConnectorInstance } from '#tenants/directory.js';
import { pseudonymOf } from '#tenants/pseudonym.js';
import { tenantOf, type Tools } from '../tools.js';
import type { Conclusion } from './consultation.js';
import { concludeConsultation, writeConsultation } from './store.js';

/** A source that is about to be read. */
interface Polling {
  readonly instance: ConnectorInstance;
  readonly name: string;
  readonly source: AnySource;
  readonly settings: unknown;
}

type Read = (reference?: string) => Promise<Page<unknown>>;

const begin = (
  { database }: Tools,
  { instance, name, source }: Polling,
  said: { readonly service: string; readonly capacity: string | null; readonly reference: string },
): Promise<string> => {
  const { tenant, name: target, connector } = instance;
  const what = { target, connector, operation: name, type: source.emits.type };
  // Nobody asked for it but the tenant itself.
  const who = { application: `urn:lb:${tenant}:${target}`, official: null, verwerking: null };
  return database.scoped(tenant, (trx) =>
    writeConsultation(trx, { tenant, message: null, ...what, ...said, ...who, about: [] }),
  );
};

const failed = (error: unknown): Pick<Conclusion, 'outcome' | 'code'> =>
  error instanceof Failure
    ? { outcome: error.verdict === 'reject' ? 'refused' : 'failed', code: error.code }
    : { outcome: 'failed', code: 'unclassified' };

/** What came of a read, beside what it gave or threw. */
const tried = async (
  read: Read,
  reference: string,
): Promise<{ readonly page: Page<unknown> } | { readonly error: unknown }> => {
  try {
    return { page: await read(reference) };
  } catch (error) {
    return { error };
  }
};

/** Reads a source; where that asks an authentic source, it stands in the register of questions before, and what came of it after. */
export const readRegistered = async (
  tools: Tools,
  polling: Polling,
  read: Read,
): Promise<Page<unknown>> => {
  const declared = polling.source.poll?.register;
  const said = declared?.entry(polling.settings);
  if (!declared || !said) return read();
  const { tenant, name: target } = polling.instance;
  const keys = tenantOf(tools, { tenant, target }).bodyKeys;
  const reference = randomUUID();
  const id = await begin(tools, polling, { ...said, reference });
  const conclude = (conclusion: Omit<Conclusion, 'id'>): Promise<void> =>
    tools.database.scoped(tenant, (trx) =>
      concludeConsultation(trx, tenant, { id, ...conclusion }),
    );
  const result = await tried(read, reference);
  if ('error' in result) {
    await conclude({ ...failed(result.error), found: [] });
    throw result.error;
  }
  const numbers = declared.found?.(result.page.items) ?? [];
  const found = numbers.map((number) => pseudonymOf(number, keys));
  await conclude({ outcome: 'answered', code: null, found });
  return result.page;
};

import { Refusal } from '#intake/refusal.js';
import type { Derived } from '#kit/message.js';
import type { AnySource, SourceResult } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import type { Scoped } from '#runtime/database.js';
import { framesOf } from '../decide/trouble.js';
import { eventOf, senderOf, verwerkingFor } from '../derive.js';
import type { Line } from '../line.js';
import { recall, remember, type Remembered } from '../store/references.js';
import { tenantOf, type Tools } from '../tools.js';
import { withFiles } from './files.js';

/** One source of one connector instance, with its settings. */
export interface Feed {
  readonly line: Line;
  readonly name: string;
  readonly source: AnySource;
  readonly settings: Record<string, unknown>;
  readonly client: unknown;
}

/** Refusals that an operator puts right in the tenant's declaration; the item waits for it. */
const ofDeclaration = new Set(['verwerking-missing', 'verwerking-unknown', 'no-route']);

interface Named {
  readonly externalId: string;
  readonly formerId: string | null;
  readonly message: string | null;
}

/** What is remembered of an item, and what it gives; null where it cannot be read. */
const mapped = async (
  trx: Scoped,
  { tools, feed, item }: Ingesting,
  named: Named,
): Promise<{ known: Remembered | null; result: SourceResult } | null> => {
  const known = await recall(trx, feed.line, named);
  const result = read(tools, feed, ({ source, settings }) =>
    source.map(item, { subject: known?.subject ?? null, state: known?.state, settings }),
  );
  return result && { known, result };
};

interface Ingesting {
  readonly tools: Tools;
  readonly feed: Feed;
  readonly item: unknown;
}

/** Files are fetched before the transaction: it has to be short, and a repeat finds them by the same address. */
const fetched = async (ingesting: Ingesting, named: Named): Promise<Derived | null> => {
  const { tools, feed, item } = ingesting;
  if (!feed.source.attach) return null;
  const found = await tools.database.scoped(feed.line.tenant, (trx) =>
    mapped(trx, ingesting, named),
  );
  const message = found?.result.message;
  return message ? withFiles(tools, feed, item, message) : null;
};

/** The message with its files; where it became news only since they were looked for, the item has to come again. */
const complete = ({ source }: Feed, message: Derived, withItsFiles: Derived | null): Derived => {
  if (!source.attach) return message;
  if (withItsFiles?.id === message.id) return withItsFiles;
  throw new Failure('retry', 'An item was changed while its files were fetched', {
    code: 'unavailable',
  });
};

/**
 * Brings one item onto the bus, in one transaction: recall what is remembered under its id, map, accept, remember. A
 * crash before the end repeats it under the same message id. Poll and webhook of one thing take turns.
 */
export const ingest = async (tools: Tools, feed: Feed, item: unknown): Promise<void> => {
  const named = read(tools, feed, ({ source }) => ({
    externalId: source.externalId(item),
    formerId: source.formerId?.(item) ?? null,
    message: source.message?.(item) ?? null,
  }));
  if (!named) return;
  const ingesting = { tools, feed, item };
  const withItsFiles = await fetched(ingesting, named);
  await tools.database.scoped(feed.line.tenant, async (trx) => {
    const found = await mapped(trx, ingesting, named);
    if (!found) return;
    const { known, result } = found;
    const { message } = result;
    if (message) await enter(tools, feed, complete(feed, message, withItsFiles), known);
    await keep(trx, feed, { externalId: named.externalId, known, result });
  });
};

/** Reading is pure: what it cannot read today it cannot read tomorrow, and the items after it must not wait. */
const read = <T>(tools: Tools, feed: Feed, reading: (feed: Feed) => T): T | null => {
  try {
    return reading(feed);
  } catch (error) {
    const facts = { ...feed.line, source: feed.name, frames: framesOf(error) };
    tools.log.error(facts, 'an item cannot be mapped and is left out');
    return null;
  }
};

const enter = async (
  tools: Tools,
  feed: Feed,
  message: Derived,
  known: Remembered | null,
): Promise<void> => {
  const { line, name } = feed;
  const { verwerkingen } = tenantOf(tools, line);
  const event = eventOf(message, {
    line,
    subject: known?.subject ?? null,
    verwerking: verwerkingFor(known?.verwerking ?? null, verwerkingen),
    correlationId: null,
    causationId: null,
  });
  if (!event) {
    tools.log.warn({ ...line, source: name }, 'a message about an unknown thing is left out');
    return;
  }
  try {
    const { id } = await tools.accept(event, senderOf(line, message.type));
    tools.log.info({ ...line, source: name, message: id, type: message.type }, 'brought in');
  } catch (error) {
    refused(tools, feed, message, error);
  }
};

/** Throws where the item must come again; a message that will never be fit to enter is left out. */
const refused = (tools: Tools, { line, name }: Feed, { type }: Derived, error: unknown): void => {
  if (!(error instanceof Refusal) || error.code === 'broker-unavailable') throw error;
  if (ofDeclaration.has(error.code))
    throw new Failure('pause', `${type} of ${name} is refused: ${error.code}`, {
      code: 'misconfigured',
      cause: error,
    });
  const reasons = error.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
  const facts = { ...line, source: name, type, code: error.code, reasons };
  tools.log.error(facts, 'a message was refused by the bus and is left out');
};

const keep = async (
  trx: Scoped,
  { line }: Feed,
  made: { externalId: string; known: Remembered | null; result: SourceResult },
): Promise<void> => {
  const { externalId, known, result } = made;
  const named = result.message?.data['@id'];
  const subject = known?.subject ?? (typeof named === 'string' ? named : null);
  if (subject === null) return;
  const taught = { subject, verwerking: known?.verwerking ?? null };
  await remember(trx, line, { externalId, state: result.state }, taught);
};

import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Accept } from '#intake/accepted.js';
import { referencesIn } from '#intake/attachment-rules.js';
import { Refusal } from '#intake/refusal.js';
import type { Message } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import type { HandOver } from '#kit/platform.js';
import { meldingIngediend } from '#oslo/melding/types.js';
import type { Database, Scoped } from '#runtime/database.js';
import type { ConnectorInstance, Directory, Tenant } from '#tenants/directory.js';
import type { AttachmentStore } from '../attachments/store.js';
import { lineOf } from './connections.js';
import { verwerkingFor } from './derive.js';
import type { Line } from './line.js';
import { remember } from './store/references.js';

export interface HandOverOptions {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly attachments: AttachmentStore;
  readonly accept: Accept;
}

/** Where the message enters: the instance of the receiver that names the sender. */
interface Door {
  readonly tenant: Tenant;
  readonly instance: ConnectorInstance;
}

const scheme = 'urn:lb-bus:attachment:';

const misconfigured = (message: string): Failure =>
  new Failure('pause', message, { code: 'misconfigured' });

/** Only where both have declared it; one that does not exist is told from one that has not by nobody. */
const doorTo = (directory: Directory, { tenant, target }: Line, to: string): Door => {
  const connector = directory.tenants.get(tenant)?.connectors.get(target)?.connector;
  const receiver = directory.tenants.get(to);
  const instance = [...(receiver?.connectors.values() ?? [])].find(
    (one) => one.connector === connector && one.settings['tenant'] === tenant && one.enabled,
  );
  if (receiver && instance && to !== tenant) return { tenant: receiver, instance };
  throw misconfigured(`Tenant ${to} has not declared that it exchanges meldingen with ${tenant}`);
};

/** Tenants that the message has been at, in order: it never goes back to one of them. */
const wayOf = ({ event }: Message): string[] => {
  const { via } = event;
  return typeof via === 'string' && via !== '' ? via.split(',') : [];
};

const isKnown = async (
  trx: Scoped,
  tenant: string,
  targets: readonly string[],
  subject: string,
) => {
  const { rows } = await sql<{ verwerking: string | null }>`
    select verwerking from delivery.reference
    where tenant = ${tenant} and target = any(${[...targets]}::text[]) and subject = ${subject} limit 1`.execute(
    trx,
  );
  return rows[0] ?? null;
};

/**
 * Opens the door for a melding: from now on what becomes of it goes back through it. A melding of the receiver's own under
 * the same subject is not to be had this way.
 */
const openFor = async (
  trx: Scoped,
  { tenant, instance }: Door,
  message: Message,
): Promise<string> => {
  const { accepts, verwerking } = instance.settings;
  if (accepts !== true || typeof verwerking !== 'string')
    throw misconfigured(`Tenant ${tenant.id} takes over no meldingen of this tenant`);
  const { subject } = message;
  if (await isKnown(trx, tenant.id, [instance.name], subject)) return verwerking;
  const others = [...tenant.connectors.keys()].filter((name) => name !== instance.name);
  if (await isKnown(trx, tenant.id, others, subject))
    throw new Failure('reject', `Tenant ${tenant.id} has a melding of its own under this subject`, {
      code: 'conflict',
      pointer: '/subject',
    });
  await remember(trx, lineOf(instance), { externalId: message.busId }, { subject, verwerking });
  return verwerking;
};

/** The processing activity under which progress enters: only of a melding that was handed over between the two. */
const progressFor = async (
  trx: Scoped,
  { tenant, instance }: Door,
  { subject }: Message,
): Promise<string | null> => {
  const known = await isKnown(trx, tenant.id, [instance.name], subject);
  if (known) return verwerkingFor(known.verwerking, tenant.verwerkingen);
  throw new Failure('retry', `Tenant ${tenant.id} has not heard yet that it shares this melding`, {
    code: 'locked',
  });
};

/** The same attachment has the same id at the receiver, however often it is brought there. */
const bringAttachments = async (
  attachments: AttachmentStore,
  from: string,
  to: string,
  data: unknown,
): Promise<ReadonlyMap<string, string>> => {
  const brought = new Map<string, string>();
  for (const id of referencesIn(data).keys()) {
    const known = await attachments.describe(from, id);
    if (!known) throw new Failure('reject', `Attachment ${id} is not known`, { code: 'not-found' });
    const { fileName, contentType, sha256 } = known;
    const content = Readable.from(await attachments.read(from, id));
    const meta = { fileName, contentType, sha256, sameIdForSame: true };
    const { id: there } = await attachments.put(to, content, meta);
    brought.set(scheme + id, scheme + there);
  }
  return brought;
};

const replaced = (data: unknown, words: ReadonlyMap<string, string>): unknown =>
  JSON.parse(
    JSON.stringify(data, (_, value: unknown) =>
      typeof value === 'string' ? (words.get(value) ?? value) : value,
    ),
  );

const dataFor = (message: Message, { tenant }: Door, brought: ReadonlyMap<string, string>) => {
  const data = replaced(message.data, brought) as Record<string, unknown>;
  const isMelding = message.type === meldingIngediend.type;
  return isMelding ? { ...data, behandelaar: { '@id': tenant.bestuurseenheid } } : data;
};

const eventFor = (
  message: Message,
  { tenant, instance }: Door,
  entering: { from: string; verwerking: string | null; data: unknown },
): Record<string, unknown> => {
  const { traceparent, causationid } = message.event;
  return {
    specversion: '1.0',
    id: message.busId,
    source: `urn:lb:${tenant.id}:${instance.name}`,
    type: message.type,
    subject: message.subject,
    time: message.time,
    datacontenttype: 'application/ld+json',
    ...(entering.verwerking !== null && { verwerking: entering.verwerking }),
    ...(typeof causationid === 'string' && { causationid: message.busId }),
    ...(typeof traceparent === 'string' && { traceparent }),
    via: [...wayOf(message), entering.from].join(','),
    data: entering.data,
  };
};

/** Refusals that the receiver's operator puts right in its declaration. */
const ofDeclaration = new Set(['verwerking-missing', 'verwerking-unknown', 'no-route']);

const failureOf = (error: unknown, { tenant }: Door): unknown => {
  if (!(error instanceof Refusal)) return error;
  const words = `Tenant ${tenant.id} refuses it: ${error.code}`;
  if (error.code === 'broker-unavailable' || error.code === 'unclassified')
    return new Failure('retry', words, { code: 'unavailable', cause: error });
  if (ofDeclaration.has(error.code)) return misconfigured(words);
  return new Failure('reject', words, { code: 'invalid', cause: error });
};

/** The way from one line to other tenants: through the same `accept` as every message. */
export const createHandOver =
  ({ database, directory, attachments, accept }: HandOverOptions, from: Line): HandOver =>
  async (message, { tenant: to, signal }) => {
    const door = doorTo(directory(), from, to);
    if (wayOf(message).includes(to)) return null;
    const isMelding = message.type === meldingIngediend.type;
    const verwerking = await database.scoped(to, (trx) =>
      (isMelding ? openFor : progressFor)(trx, door, message),
    );
    const brought = await bringAttachments(attachments, from.tenant, to, message.data);
    signal.throwIfAborted();
    const data = dataFor(message, door, brought);
    const event = eventFor(message, door, { from: from.tenant, verwerking, data });
    const source = `urn:lb:${to}:${door.instance.name}`;
    const sender = {
      tenant: to,
      sources: [source],
      types: [message.type],
      system: door.instance.name,
    };
    try {
      return (await accept(event, sender)).id;
    } catch (error) {
      throw failureOf(error, door);
    }
  };

import { referencesIn } from '#intake/attachment-rules.js';
import type { AttachmentStore } from '#attachments/store.js';
import { listed } from '#oslo/told.js';
import type { Database, Scoped } from '#runtime/database.js';
import { open, SealBroken } from '#runtime/keys.js';
import type { Directory } from '#tenants/directory.js';
import { recordAction, type Action } from '../operators/action.js';
import type { Person } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { fieldsOf, masked, valueAt } from './masking.js';

/** What bodies are opened with. */
export interface BodiesIn {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly attachments: Pick<AttachmentStore, 'describe'>;
}

/** Who reads which body, and why. */
export interface Reading {
  readonly person: Person;
  readonly tenant: string;
  readonly id: string;
  readonly reason: string;
}

type Event = Readonly<Record<string, unknown>>;

/** Opens a body; `done` is recorded in the transaction in which it is read. */
const opened = async (
  { database, directory }: BodiesIn,
  { person, tenant, id, reason }: Reading,
  done: Pick<Action, 'action' | 'subject'>,
): Promise<Event> => {
  const read = async (trx: Scoped): Promise<Buffer | null> => {
    const row = await trx
      .selectFrom('monitoring.message')
      .select('body')
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', tell('message-unknown', { tenant, message: id }));
    await recordAction(trx, { tenant, operator: person.name, reason, ...done });
    return row.body;
  };
  const sealed = await database.scoped(tenant, read);
  const keys = directory().tenants.get(tenant)?.bodyKeys;
  if (!sealed || !keys) throw new ProblemError('gone', tell('body-not-here', { message: id }));
  try {
    return JSON.parse(open(sealed, keys, `${tenant}|${id}`).toString('utf8')) as Event;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new ProblemError('gone', tell('body-sealed', { message: id }));
  }
};

/** What is kept beside a message; without its name, which may be of a person. Null where the store cannot be reached or has it no more. */
const attachmentOf = async ({ attachments }: BodiesIn, tenant: string, id: string) => {
  const stored = await attachments.describe(tenant, id).catch(() => null);
  return {
    id,
    contentType: stored?.contentType ?? null,
    sizeBytes: stored?.sizeBytes ?? null,
  };
};

/**
 * The CloudEvent of a message with what is of persons masked, and its attachments. That it was read, by whom and why, is
 * recorded before it is given. Throws `ProblemError`.
 */
export const readBody = async (from: BodiesIn, reading: Reading) => {
  const { person, tenant, id } = reading;
  const event = await opened(from, reading, { action: 'read-body', subject: { message: id } });
  const fields = fieldsOf(event, person);
  return {
    event: masked(event, fields),
    masked: fields,
    attachments: await Promise.all(
      [...referencesIn(event['data']).keys()].map((one) => attachmentOf(from, tenant, one)),
    ),
  };
};

/** A body as it is read. */
export type ReadBody = Awaited<ReturnType<typeof readBody>>;

/** Which masked fields are uncovered. */
export interface Uncovering extends Reading {
  readonly pointers: readonly string[];
}

/**
 * What stands under masks that the role may lift, each of which is recorded before it is given. Throws `ProblemError`, then
 * nothing is given.
 */
export const uncoverFields = async (from: BodiesIn, uncovering: Uncovering) => {
  const { person, id, pointers } = uncovering;
  const subject = { message: id, fields: pointers.join(' ') };
  const event = await opened(from, uncovering, { action: 'uncover-field', subject });
  const fields = new Map(fieldsOf(event, person).map((field) => [field.pointer, field]));
  return {
    fields: pointers.map((pointer) => {
      const field = fields.get(pointer);
      if (!field) throw new ProblemError('bad-request', tell('not-masked', { pointer }));
      if (!field.mayUncover)
        throw new ProblemError(
          'forbidden',
          tell('may-not-uncover', {
            ...{ pointer, kind: field.kind },
            roles: listed(person.roles, 'conjunction'),
          }),
        );
      return { pointer, value: valueAt(event, pointer) };
    }),
  };
};

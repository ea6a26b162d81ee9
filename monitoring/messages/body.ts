import type { Database } from '#runtime/database.js';
import { open, SealBroken } from '#runtime/keys.js';
import type { Directory } from '#tenants/directory.js';
import { ProblemError } from '../problems/problem.js';
import { recordAction } from '../operators/action.js';

export interface Reading {
  readonly operator: string;
  readonly tenant: string;
  readonly id: string;
  readonly reason: string;
}

/** The CloudEvent of a message. That it was read, by whom and why, is recorded before it is given. Throws `ProblemError`. */
export const readBody = async (
  { database, directory }: { readonly database: Database; readonly directory: () => Directory },
  { operator, tenant, id, reason }: Reading,
): Promise<unknown> => {
  const sealed = await database.scoped(tenant, async (trx) => {
    const row = await trx
      .selectFrom('monitoring.message')
      .select('body')
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', `Tenant ${tenant} has no message ${id}`);
    await recordAction(trx, {
      tenant,
      operator,
      action: 'read-body',
      reason,
      subject: { message: id },
    });
    return row.body;
  });
  const keys = directory().tenants.get(tenant)?.bodyKeys;
  if (!sealed || !keys)
    throw new ProblemError(
      'gone',
      `The body of message ${id} is not kept any more, or not yet here`,
    );
  try {
    return JSON.parse(open(sealed, keys, `${tenant}|${id}`).toString('utf8')) as unknown;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new ProblemError('gone', `The body of message ${id} opens with no key that is there`);
  }
};

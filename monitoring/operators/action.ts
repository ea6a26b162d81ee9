import type { Act } from '#parked/orders.js';
import type { Scoped } from '#runtime/database.js';

type OrderAction = `${'plan' | 'start' | 'pause' | 'resume' | 'cancel'}-${Act}`;

/** What an operator did; `subject` says on what, without personal data. */
export interface Action {
  readonly tenant: string;
  readonly operator: string;
  readonly action: 'read-body' | 'read-register' | 'hold' | 'release-hold' | 'edit' | OrderAction;
  readonly reason: string;
  readonly subject: Readonly<Record<string, string>>;
}

/** Records an act in the transaction in which it is done: neither stands without the other. */
export const recordAction = async (trx: Scoped, action: Action): Promise<void> => {
  await trx
    .insertInto('monitoring.operator_action')
    .values({ ...action, subject: JSON.stringify(action.subject) })
    .execute();
};

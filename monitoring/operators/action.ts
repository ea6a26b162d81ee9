import type { Act } from '#parked/orders.js';
import type { Scoped } from '#runtime/database.js';
import { tellLive } from '../live/hint.js';

const orderVerbs = ['plan', 'start', 'pause', 'resume', 'cancel'] as const;
const orderActs = ['replay', 'discard', 'edit'] as const satisfies readonly Act[];
type OrderAction = `${(typeof orderVerbs)[number]}-${Act}`;

const orderActions = orderVerbs.flatMap((verb) =>
  orderActs.map((act): OrderAction => `${verb}-${act}`),
);

/** Every kind of act: the console has words for each in its languages, and the list of acts can be cut to one. */
export const actionKinds = [
  'read-body',
  'uncover-field',
  'read-register',
  'hold',
  'release-hold',
  'check',
  'edit',
  'add-tenant',
  'configure',
  'new-key',
  'end-key',
  'try-message',
  'send-test',
  ...orderActions,
] as const;

export type ActionKind = (typeof actionKinds)[number];

/** What an operator did; `subject` says on what, without personal data. */
export interface Action {
  readonly tenant: string;
  readonly operator: string;
  readonly action: ActionKind;
  readonly reason: string;
  readonly subject: Readonly<Record<string, string>>;
}

/** Records an act in the transaction in which it is done: neither stands without the other. */
export const recordAction = async (trx: Scoped, action: Action): Promise<void> => {
  await trx
    .insertInto('monitoring.operator_action')
    .values({ ...action, subject: JSON.stringify(action.subject) })
    .execute();
  const tenant = action.tenant === '*' ? null : action.tenant;
  await tellLive(trx, [{ kind: 'acts', tenant }]);
};

import type { Scoped } from '#runtime/database.js';
import { addKey, endKey } from '#tenants/add-key.js';
import { recordAction, type ActionKind } from '../operators/action.js';
import type { Person } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import type { Parts } from '../parts.js';

/** Whose keys somebody changes. */
export interface KeyWish {
  readonly person: Person;
  readonly tenant: string;
  readonly credential: string;
  readonly reason: string;
}

const longestRotationDays = 90;
const dayMs = 86_400_000;

const recorded =
  ({ person, tenant, credential, reason }: KeyWish, action: ActionKind) =>
  (trx: Scoped): Promise<void> =>
    recordAction(trx, {
      ...{ tenant, operator: person.name, action, reason },
      subject: { credential },
    });

const authored = (wish: KeyWish, action: ActionKind) => ({
  tenant: wish.tenant,
  credential: wish.credential,
  author: { by: wish.person.name, via: 'console' as const, reason: wish.reason },
  beside: recorded(wish, action),
});

/** Makes an API key and answers it, this once; those that are valid now end at a moment, where one is given. */
export const newKey = async (
  { configuring }: Parts,
  wish: KeyWish,
  { othersEndAt, dropOldest }: { readonly othersEndAt: Date | null; readonly dropOldest: boolean },
): Promise<{ readonly key: string }> => {
  const now = Date.now();
  if (othersEndAt && othersEndAt.getTime() > now + longestRotationDays * dayMs)
    throw new ProblemError('bad-request', tell('key-stays', { days: longestRotationDays }));
  const key = await addKey(configuring.database, {
    ...authored(wish, 'new-key'),
    ...{ othersEndAt, dropOldest },
  });
  return { key };
};

/** Ends an API key: the gateway refuses it from the moment it hears of it, within two seconds. */
export const removeKey = (
  { configuring }: Parts,
  wish: KeyWish & { readonly key: string },
): Promise<void> => endKey(configuring.database, { ...authored(wish, 'end-key'), key: wish.key });

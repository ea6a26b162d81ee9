import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';

/** What may have changed: the console asks again what it shows of it. */
export const kinds = ['tenants', 'messages', 'parked', 'holds', 'orders', 'acts'] as const;

export type Kind = (typeof kinds)[number];

/** That something changed, never what; `tenant` null where it is of several, or of none. */
export interface Hint {
  readonly kind: Kind;
  readonly tenant: string | null;
}

/** Every monitoring listens on it; triggers of 0022 write to it too. */
export const liveChannel = 'lbbus_live';

/** A hint as it travels: `messages aalter`, `tenants *`. */
const textOf = ({ kind, tenant }: Hint): string => `${kind} ${tenant ?? '*'}`;

/** The hint that travelled; null where it is none of ours. */
export const hintOf = (text: string): Hint | null => {
  const [word, tenant] = text.split(' ');
  const kind = kinds.find((one) => one === word);
  return kind ? { kind, tenant: tenant === '*' ? null : (tenant ?? null) } : null;
};

/** Tells everybody who looks, once the transaction is there; the same hint twice is told once. */
export const tellLive = async (trx: Scoped, hints: readonly Hint[]): Promise<void> => {
  const texts = [...new Set(hints.map(textOf))];
  if (texts.length === 0) return;
  await sql`select pg_notify(${liveChannel}, hint) from unnest(${texts}::text[]) as hint`.execute(
    trx,
  );
};

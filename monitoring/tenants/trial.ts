import type { Locale } from '#oslo/catalogue.js';
import { refusalText } from '#intake/texts.js';
import type { Refusal } from '#intake/refusal.js';
import { tryMessage } from '#intake/trial.js';
import { open, SealBroken } from '#runtime/keys.js';
import { compileFilter, FilterBroken } from '#tenants/filter.js';
import type { Directory, Route, Tenant } from '#tenants/directory.js';
import { recordAction } from '../operators/action.js';
import { may, type Person } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import type { Parts } from '../parts.js';
import { readNow } from './now.js';
import type { TrialAnswer } from './shown.js';

/** A route as a declaration writes it. */
export interface WrittenRoute {
  readonly when: { readonly type: string };
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly to: readonly string[];
}

/** What is tried. */
export interface TrialWish {
  readonly person: Person;
  readonly tenant: string;
  /** A message that is given, or the id of one that is stored. */
  readonly message: unknown;
  readonly stored: string | null;
  /** Other routes than those that stand; null for those. */
  readonly routes: readonly WrittenRoute[] | null;
  /** Connector instance that would have sent it; null for none. */
  readonly system: string | null;
  readonly locale: Locale;
}

const storedBody = async (parts: Parts, wish: TrialWish, id: string): Promise<unknown> => {
  const { tenant, person } = wish;
  const row = await parts.database.scoped(tenant, async (trx) => {
    const found = await trx
      .selectFrom('monitoring.message')
      .select('body')
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!found)
      throw new ProblemError('not-found', tell('message-unknown', { tenant, message: id }));
    await recordAction(trx, {
      ...{ tenant, operator: person.name, reason: '' },
      action: 'try-message',
      subject: { message: id },
    });
    return found;
  });
  const keys = parts.directory().tenants.get(tenant)?.bodyKeys;
  try {
    if (row.body && keys)
      return JSON.parse(open(row.body, keys, `${tenant}|${id}`).toString('utf8')) as unknown;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
  }
  throw new ProblemError('gone', tell('body-gone', { message: id }));
};

/** Filters that somebody makes up and tries on a stored message would read its body bit by bit. */
const requireReading = ({ person, stored, routes }: TrialWish): void => {
  if (stored !== null && routes !== null && !may(person, 'read-body'))
    throw new ProblemError('forbidden', tell('try-reads'));
};

const routeOf = ({ when, filter, to }: WrittenRoute, index: number): Route => {
  try {
    if (filter) compileFilter(filter);
  } catch (error) {
    if (!(error instanceof FilterBroken)) throw error;
    const pointer = `/routes/${index}/filter${error.pointer}`;
    throw new ProblemError('invalid', tell('filter-broken'), [
      { pointer, code: 'filter', told: error.told },
    ]);
  }
  return { type: when.type, filter: filter ?? null, targets: to };
};

/** The directory with the routes that are tried in place of those of the tenant. */
const directoryWith = (now: Directory, tenant: Tenant, wish: TrialWish): Directory =>
  wish.routes === null
    ? now
    : {
        ...now,
        tenants: new Map([[tenant.id, { ...tenant, routes: wish.routes.map(routeOf) }]]),
      };

const refusalOf = (
  { code, status, reasons }: Refusal,
  locale: Locale,
): NonNullable<TrialAnswer['refusal']> => ({
  code,
  status,
  errors: reasons.map((one) => ({
    pointer: one.pointer,
    code: one.code,
    detail: refusalText(one.text, locale),
  })),
});

/** Tries a message on routes. Throws `ProblemError`. */
export const tryRoutes = async (parts: Parts, wish: TrialWish): Promise<TrialAnswer> => {
  requireReading(wish);
  const now = await readNow(parts, wish.tenant);
  const { tenant } = now;
  const directory = directoryWith(now.directory, tenant, wish);
  const event = wish.stored === null ? wish.message : await storedBody(parts, wish, wish.stored);
  const sender = { tenant: tenant.id, sources: ['*'], types: ['*'], system: wish.system };
  const options = { directory: () => directory, publicUrl: parts.publicUrl };
  const { routes, targets, refusal } = await tryMessage(event, sender, options);
  return { routes, targets, refusal: refusal && refusalOf(refusal, wish.locale) };
};

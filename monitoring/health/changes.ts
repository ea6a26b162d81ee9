import { sql, type RawBuilder } from 'kysely';
import type { Database, Scoped } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import type { Person } from '../people/person.js';
import { may } from '../people/person.js';
import { within } from '../people/reach.js';
import { causeCodes, type CauseCode } from './health.js';
import { linkOf } from './links.js';

const most = 200;

/** Something that changed; `link` leads to the page that tells more, null where none does. */
export interface Change {
  readonly kind: 'line' | 'parked' | 'act' | 'tenant';
  readonly at: string;
  /** `*` where it is of several. */
  readonly tenant: string;
  /** Of the tenant; null where it is of several, or of one that is gone. */
  readonly name: string | null;
  readonly target: string | null;
  /** Of a line: how it is now. */
  readonly severity: string | null;
  readonly before: string | null;
  /** Code of a cause, of a failure or of an act. */
  readonly code: string | null;
  readonly count: number | null;
  readonly what: string | null;
  readonly link: string | null;
}

type Row = Omit<Change, 'at' | 'link' | 'name'> & { readonly at: Date };

const isCause = (code: string | null): code is CauseCode =>
  (causeCodes as readonly (string | null)[]).includes(code);

const orderLink = (what: string): string =>
  `/handelingen?${new URLSearchParams({ operator: what }).toString()}`;

const linkTo = ({ kind, tenant, target, code, what }: Row): string | null => {
  const place = { tenant, target: target ?? '' };
  if (kind === 'parked') return linkOf(place, { code: 'parked', what: code });
  if (kind === 'tenant') return `/tenants/${tenant}`;
  if (kind === 'act') return what === null ? null : orderLink(what);
  return isCause(code) ? linkOf(place, { code, what }) : null;
};

const changeOf = ({ at, ...row }: Row, name: string | null): Change => ({
  ...row,
  name,
  at: at.toISOString(),
  link: linkTo({ at, ...row }),
});

type Reading = (since: Date, reached: (column: string) => RawBuilder<boolean>) => RawBuilder<Row>;

const lineChanges: Reading = (since, reached) => sql<Row>`
  select 'line' as kind, at, tenant, target, severity, before, cause as code, count::int as count, what
  from monitoring.line_change where at >= ${since} and ${reached('tenant')}
  order by at desc, id desc limit ${most}`;

/** What was parked since then and still is. */
const parkedSince: Reading = (since, reached) => sql<Row>`
  select 'parked' as kind, max(due_at) as at, tenant, target, null as severity, null as before, code,
    count(*)::int as count, null as what
  from delivery.waiting where state = 'parked' and due_at >= ${since} and ${reached('tenant')}
  group by tenant, target, code order by 2 desc limit ${most}`;

const acts: Reading = (since, reached) => sql<Row>`
  select 'act' as kind, at, tenant, subject ->> 'target' as target, null as severity, null as before, action as code,
    null::int as count, operator as what
  from monitoring.operator_action where at >= ${since} and ${reached('tenant')}
  order by at desc, id desc limit ${most}`;

/** What was declared by file or command; what the console changed is an act. */
const declared: Reading = (since, reached) => sql<Row>`
  select 'tenant' as kind, at, tenant, null as target, null as severity, null as before,
    case when version = 1 then 'new' else via end as code, cardinality(words) as count, by as what
  from tenants.change where at >= ${since} and (version = 1 or via <> 'console') and ${reached('tenant')}
  order by at desc limit ${most}`;

const readAll = async (
  trx: Scoped,
  readings: readonly Reading[],
  { since, person }: { readonly since: Date; readonly person: Person },
): Promise<Row[]> => {
  const reached = (column: string) => within(person.tenants, sql.ref(column));
  const rows: Row[] = [];
  for (const reading of readings)
    rows.push(...(await sql<Row>`${reading(since, reached)}`.execute(trx)).rows);
  return rows.sort((one, other) => other.at.getTime() - one.at.getTime()).slice(0, most);
};

/** What changed since then of the tenants that are reached, the latest first; acts only for those who may see them. */
export const readChanges = async (
  { database, directory }: { readonly database: Database; readonly directory: Directory },
  person: Person,
  since: Date,
): Promise<Change[]> => {
  const readings = [lineChanges, parkedSince, declared, ...(may(person, 'see-acts') ? [acts] : [])];
  return database.scoped('*', async (trx) => {
    const rows = await readAll(trx, readings, { since, person });
    return rows.map((row) => changeOf(row, directory.tenants.get(row.tenant)?.name ?? null));
  });
};

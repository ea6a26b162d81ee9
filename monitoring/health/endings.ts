import { sql } from 'kysely';
import type { Scoped } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import { namesOfSecrets } from '#tenants/secret-reference.js';
import type { Ending } from './facts.js';
import { lineKey } from './standing.js';

interface Row {
  readonly tenant: string;
  readonly kind: 'secret' | 'credential';
  readonly name: string;
  readonly at: Date;
}

/** What ends within the days asked, or has ended: of a secret its last version counts. */
export const readEndings = async (trx: Scoped, withinMs: number): Promise<readonly Row[]> => {
  const { rows } = await sql<Row>`
    select tenant, 'secret' as kind, name, expires_at as at from (
      select distinct on (tenant, name) tenant, name, expires_at from tenants.secret order by tenant, name, version desc
    ) as last where expires_at < now() + make_interval(secs => ${withinMs / 1_000})
    union all
    select tenant, 'credential', name, expires_at from tenants.credential
    where expires_at < now() + make_interval(secs => ${withinMs / 1_000})`.execute(trx);
  return rows;
};

/** Endings of a line, by the secrets that its settings name; all others are of the tenant itself, under an empty target. */
export const endingsOf = (
  rows: readonly Row[],
  { tenants }: Directory,
): ((key: string) => readonly Ending[]) => {
  const endings = new Map<string, Ending[]>();
  for (const { tenant, kind, name, at } of rows) {
    const lines = [...(tenants.get(tenant)?.connectors.values() ?? [])].filter(
      ({ settings }) => kind === 'secret' && namesOfSecrets(settings).includes(name),
    );
    const targets = lines.length === 0 ? [''] : lines.map((line) => line.name);
    for (const target of targets) {
      const key = lineKey(tenant, target);
      endings.set(key, [...(endings.get(key) ?? []), { kind, name, at }]);
    }
  }
  return (key) => endings.get(key) ?? [];
};

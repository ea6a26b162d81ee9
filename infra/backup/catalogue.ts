import { escapeIdentifier, type Client } from 'pg';

/** A table as the catalogue of PostgreSQL tells it: a migration that adds one adds it to the backup. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  /** In the order in which the rows are written; generated columns are left out. */
  readonly columns: readonly string[];
  /** Its rows belong to tenants: row-level security is in force. */
  readonly ofTenants: boolean;
}

/** What numbers the rows of a table. */
export interface Sequence {
  readonly schema: string;
  readonly name: string;
  /** The number given last; null where none was given yet. */
  readonly last: string | null;
}

/** `"delivery"."waiting"`, safe in a statement. */
export const quoted = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

/** `"delivery"."waiting" ("id", "tenant")` for COPY. */
export const withColumns = (table: Table): string =>
  `${quoted(table)} (${table.columns.map(escapeIdentifier).join(', ')})`;

/** What COPY writes: a query, as it takes no table that lies in parts by its name. */
export const everyRowOf = (table: Table): string =>
  `select ${table.columns.map(escapeIdentifier).join(', ')} from ${quoted(table)}`;

/** The list of migrations is kept by migrating; `public` and the schemas of the server are not ours. */
const ours = (schema: string): string =>
  `${schema} !~ '^pg_' and ${schema} not in ('information_schema', 'public', 'migrations')`;

/** Every table of ours that outlives a crash, one that lies in parts as the whole of them, each after those that it refers to. Throws where they refer to each other in a circle. */
export const readTables = async (client: Client): Promise<Table[]> => {
  const { rows } = await client.query<Table & { oid: string; refersTo: string[] }>(`
    select c.oid::text as oid, n.nspname as schema, c.relname as name, c.relrowsecurity as "ofTenants",
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select coalesce(array_agg(distinct k.confrelid::text), '{}') from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as "refersTo"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' and ${ours('n.nspname')}
    order by n.nspname, c.relname`);
  const left = new Map(rows.map((row) => [row.oid, row]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const free = [...left.values()].filter(
      ({ refersTo }) => !refersTo.some((oid) => left.has(oid)),
    );
    if (free.length === 0) throw new Error('tables refer to each other in a circle');
    for (const { oid, schema, name, columns, ofTenants } of free) {
      left.delete(oid);
      ordered.push({ schema, name, columns, ofTenants });
    }
  }
  return ordered;
};

/** Every sequence of ours. Numbers are given outside transactions: these are at least those of the rows read before. */
export const readSequences = async (client: Client): Promise<Sequence[]> => {
  const { rows } = await client.query<Sequence>(`
    select schemaname as schema, sequencename as name, last_value::text as last
    from pg_sequences where ${ours('schemaname')} order by 1, 2`);
  return rows;
};

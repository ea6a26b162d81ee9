import { sql, type RawBuilder } from 'kysely';

/**
 * These rows as the table `name` of a statement: one statement, and so one plan, whatever their number. `types` are the
 * PostgreSQL types of its columns, in their order; values of `jsonb` are given as text.
 */
export const tableOf = <Row extends object>(
  name: string,
  types: Readonly<Record<keyof Row & string, string>>,
  rows: readonly Row[],
): RawBuilder<Row> => {
  const columns = Object.entries<string>(types) as [keyof Row & string, string][];
  const values = columns.map(
    ([column, type]) => sql`${rows.map((row) => row[column])}::${sql.raw(type)}[]`,
  );
  const names = columns.map(([column]) => sql.ref(column));
  return sql`unnest(${sql.join(values)}) as ${sql.ref(name)} (${sql.join(names)})`;
};

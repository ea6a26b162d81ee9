import type { Client } from 'pg';

/** A running bus makes each month before it begins: so an empty database looks after years. As the owner of the tables. */
export const layMonths = async (client: Client, stepsDays: number): Promise<void> => {
  const { rows } = await client.query<{ first: string }>(
    `select date_trunc('month', now() - make_interval(days => $1::int), 'UTC')::text as first`,
    [stepsDays],
  );
  const first = rows[0]?.first ?? '';
  await client.query('alter table monitoring.step detach partition monitoring.step_before');
  await client.query(`select monitoring.make_step_months($1, now() + interval '2 months')`, [
    first,
  ]);
  await client.query(
    `alter table monitoring.step attach partition monitoring.step_before for values from (minvalue) to ('${first}')`,
  );
};

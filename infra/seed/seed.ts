import { Client } from 'pg';
import { messageStatements, type Amounts } from './messages.js';
import { layMonths } from './months.js';
import { stepStatements } from './steps.js';

const filled = ['monitoring.message', 'monitoring.target', 'monitoring.usage_count'] as const;

interface Built {
  readonly name: string;
  readonly drop: string;
  readonly make: string;
}

/** Keys and indexes of a table that is filled with millions: made once at the end they take a tenth of the time. */
const builtOn = async (client: Client, table: string): Promise<Built[]> => {
  const { rows } = await client.query<Built>(
    `select i.indexrelid::regclass::text as name,
       case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
         else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(i.indexrelid)
         else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as make
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
     where i.indrelid = $1::regclass order by c.oid is null, 1`,
    [table],
  );
  return rows;
};

const refuseUsed = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ used: boolean; tenants: number }>(
    `select exists (select from monitoring.message) or exists (select from monitoring.step) as used,
       (select count(*)::int from tenants.tenant) as tenants`,
  );
  if (rows[0]?.used)
    throw new Error(
      'the database holds messages: seed one of its own, as it is filled with inventions',
    );
  if (rows[0]?.tenants === 0)
    throw new Error('the database has no tenants: apply some first, they get the messages');
};

const fill = async (client: Client, amounts: Amounts, tell: (words: string) => void) => {
  await client.query(`select setseed(0.5), set_config('app.tenant', '*', true)`);
  await refuseUsed(client);
  await client.query(`set local work_mem = '128MB'; set local maintenance_work_mem = '256MB'`);
  // Counted at the end, in one statement.
  for (const table of ['message', 'step'])
    await client.query(`alter table monitoring.${table} disable trigger user`);
  await layMonths(client, amounts.stepsDays);
  const built: Built[] = [];
  for (const table of filled) built.push(...(await builtOn(client, table)));
  for (const { drop } of built) await client.query(drop);
  for (const [text, values] of messageStatements(amounts)) await client.query(text, [...values]);
  tell('messages and where they stand');
  for (const [text, values] of stepStatements(amounts)) await client.query(text, [...values]);
  tell('steps, what waits, and the counts');
  for (const { make } of built) await client.query(make);
  tell('keys and indexes');
  for (const table of ['message', 'step'])
    await client.query(`alter table monitoring.${table} enable trigger user`);
};

/**
 * Fills a migrated database that has tenants and no messages as it is after years; the same amounts give the same but for the moment
 * of now. Works as the owner of the tables. Throws where the database is not empty.
 */
export const seed = async (
  databaseUrl: string,
  amounts: Amounts,
  tell: (words: string) => void,
): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl, application_name: 'lb-bus seed' });
  // A lost connection fails the statement that runs.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    await fill(client, amounts, tell);
    await client.query('commit');
    await client.query('vacuum (analyze)');
    tell('statistics');
  } finally {
    await client.end();
  }
};

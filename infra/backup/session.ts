import pg from 'pg';

/** A session of the owner in which values are written and read the same way on every server, however long that takes. */
export const openSession = async (databaseUrl: string, name: string): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A lost connection fails the statement that runs.
  client.on('error', () => undefined);
  await client.connect();
  for (const setting of [
    `client_encoding to 'UTF8'`,
    `datestyle to 'ISO, YMD'`,
    `timezone to 'UTC'`,
    'statement_timeout to 0',
    'idle_in_transaction_session_timeout to 0',
  ])
    await client.query(`set ${setting}`);
  return client;
};

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { quoted, withColumns } from './catalogue.js';
import type { Manifest, StoredTable } from './manifest.js';

/** A table takes rows as they are: COPY does not go through row-level security, and what was declared is not declared anew. */
const openTable = async (client: Client, table: StoredTable): Promise<void> => {
  await client.query(`alter table ${quoted(table)} disable trigger user`);
  if (table.ofTenants)
    await client.query(`alter table ${quoted(table)} no force row level security`);
  // What a migration put in is in the backup as well, as it was then.
  else await client.query(`delete from ${quoted(table)}`);
};

const closeTable = async (client: Client, table: StoredTable): Promise<void> => {
  if (table.ofTenants) await client.query(`alter table ${quoted(table)} force row level security`);
  await client.query(`alter table ${quoted(table)} enable trigger user`);
};

const loadTable = async (client: Client, folder: string, table: StoredTable): Promise<void> => {
  await openTable(client, table);
  const into = client.query(copyFrom(`copy ${withColumns(table)} from stdin`));
  await pipeline(createReadStream(join(folder, table.file)), createGunzip(), into);
  if (into.rowCount !== table.rows)
    throw new Error(`${table.file} gave ${into.rowCount} rows, ${table.rows} were written`);
  await closeTable(client, table);
};

const numberOn = async (client: Client, { sequences }: Manifest): Promise<void> => {
  for (const sequence of sequences)
    if (sequence.last !== null)
      await client.query('select setval($1::regclass, $2::bigint)', [
        quoted(sequence),
        sequence.last,
      ]);
};

/** Brings the rows and the numbers back, in the transaction of the caller; the tables are those of the backup's version. */
export const loadRows = async (
  client: Client,
  folder: string,
  manifest: Manifest,
  tell: (words: string) => void,
): Promise<void> => {
  for (const table of manifest.tables) {
    await loadTable(client, folder, table);
    tell(`${table.schema}.${table.name}: ${table.rows} rows`);
  }
  await numberOn(client, manifest);
};

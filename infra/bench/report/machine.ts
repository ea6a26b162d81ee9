import { cpus, release, totalmem } from 'node:os';
import pg from 'pg';
import type { OwnServers } from '../standing.js';

/** What a bench ran on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  readonly postgres: string;
  readonly rabbitmq: string;
}

const postgresVersion = async (url: string): Promise<string> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? '';
  } finally {
    await client.end();
  }
};

const rabbitmqVersion = async (url: string): Promise<string> => {
  const { username, password, origin } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const response = await fetch(`${origin}/api/overview`, { headers: { authorization } });
  const { rabbitmq_version: version } = (await response.json()) as { rabbitmq_version: string };
  return version;
};

/** This machine, and the servers of the bench on it. */
export const machineOf = async ({ databaseUrl, managementUrl }: OwnServers): Promise<Machine> => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1_073_741_824),
  kernel: release().replace(/-.*/, ''),
  node: process.versions.node,
  postgres: await postgresVersion(databaseUrl),
  rabbitmq: await rabbitmqVersion(managementUrl),
});

import { X509Certificate } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import type { ConnectorInstance, Directory, Tenant } from '#tenants/directory.js';
import { namesOfSecrets } from '#tenants/secret-reference.js';

export interface ExpiryGauges {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly metrics: Pick<MonitoringMetrics, 'expiry'>;
}

interface EndingRow {
  readonly tenant: string;
  readonly kind: 'secret' | 'credential';
  readonly name: string;
  readonly ends_seconds: number;
}

/** Of a secret its last version counts; a credential that ended a month ago is missed by nobody. */
const readEndings = (database: Database): Promise<readonly EndingRow[]> =>
  database.scoped('*', async (trx) => {
    const { rows } = await sql<EndingRow>`
      select tenant, 'secret' as kind, name, extract(epoch from expires_at)::float8 as ends_seconds from (
        select distinct on (tenant, name) tenant, name, expires_at
        from tenants.secret order by tenant, name, version desc) as latest
      where expires_at is not null
      union all
      select tenant, 'credential', name, extract(epoch from expires_at)::float8
      from tenants.credential where expires_at > now() - interval '30 days'`.execute(trx);
    return rows;
  });

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const endOf = (pem: string): number | null => {
  try {
    return Date.parse(new X509Certificate(pem).validTo) / 1_000;
  } catch {
    return null;
  }
};

/** Moments, in seconds, at which the certificates end that stand in settings as PEM, wherever they stand. */
const certificateEnds = (settings: unknown): readonly number[] => {
  if (typeof settings === 'string')
    return (settings.match(pemBlock) ?? []).map(endOf).filter((end) => end !== null);
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.values(settings).flatMap(certificateEnds);
};

type Line = readonly [connector: string, kind: EndingRow['kind'] | 'certificate', number];

const endsOfConnector = (
  { name, settings }: ConnectorInstance,
  secrets: ReadonlyMap<string, number>,
): readonly Line[] => [
  ...namesOfSecrets(settings).flatMap((secret): Line[] => {
    const end = secrets.get(secret);
    return end === undefined ? [] : [[name, 'secret', end]];
  }),
  ...certificateEnds(settings).map((end): Line => [name, 'certificate', end]),
];

const endsOfTenant = ({ id, connectors }: Tenant, all: readonly EndingRow[]): readonly Line[] => {
  const rows = all.filter(({ tenant }) => tenant === id);
  const secrets = new Map(
    rows.flatMap(({ kind, name, ends_seconds }) =>
      kind === 'secret' ? [[name, ends_seconds] as const] : [],
    ),
  );
  const credentials = rows.filter(({ kind }) => kind === 'credential');
  return [
    ...[...connectors.values()].flatMap((connector) => endsOfConnector(connector, secrets)),
    ...credentials.map(({ ends_seconds }): Line => ['', 'credential', ends_seconds]),
  ];
};

/** Shows for each line, and for the credentials of each tenant, when the first of them ends. */
export const refreshExpiry = async ({
  database,
  directory,
  metrics,
}: ExpiryGauges): Promise<void> => {
  const rows = await readEndings(database);
  metrics.expiry.reset();
  for (const tenant of directory().tenants.values()) {
    const ends = [...endsOfTenant(tenant, rows)];
    // The first to end is set last.
    for (const [connector, kind, end] of ends.sort(([, , a], [, , b]) => b - a))
      metrics.expiry.set({ tenant: tenant.id, connector, kind }, end);
  }
};

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSystems, type Systems } from '#infra/load/systems.js';
import { declarationsOf, loadTenants, type LoadTenant } from '#infra/load/tenants.js';
import { Pool } from 'pg';
import { untilWhole, type Scene } from './breaking.js';
import type { ChaosRole, Ground } from './ground.js';
import { Watch } from './leaks.js';
import { Line } from './line.js';
import { lineNames, type LineName } from './plan.js';
import { Replica } from './replica.js';

/** The bus of a run: its processes behind lines, its tenants, their systems, and a way to ask its database directly. */
export interface Setting extends Scene {
  readonly database: Pool;
  readonly watches: readonly Watch[];
  readonly gateways: readonly string[];
  readonly close: () => Promise<void>;
}

/** Tenants and their secrets, as `lb-bus apply` takes them. */
export type Declared = ReturnType<typeof declarationsOf>;

export interface SettingOptions {
  readonly tenants: number;
  /** Tenants besides those of the load, coupled with systems of their own. */
  readonly beside?: Declared;
  /** What the processes must know besides. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Without lines that can be broken: these cost time of this process, which a measurement would count. */
  readonly direct?: boolean;
  readonly replicas: Readonly<Record<ChaosRole, number>>;
}

const roles = ['gateway', 'delivery', 'monitoring'] as const;

const addressOf = (url: string): { host: string; port: number } => {
  const { hostname: host, port } = new URL(url);
  return { host, port: Number(port) };
};

interface Lines {
  readonly lines: Partial<Record<LineName, Line>>;
  readonly watches: Watch[];
}

const openServerLines = async (ground: Ground, direct: boolean): Promise<Lines> => {
  const nodes = ground.broker.ports.map(({ amqp }) => ({ host: '127.0.0.1', port: amqp }));
  const opened: Lines = { lines: {}, watches: [] };
  if (direct) return opened;
  for (const name of lineNames.filter((one) => one !== 'delivery-systems')) {
    const watch = new Watch(`the line ${name}`);
    const upstreams = name.endsWith('broker') ? nodes : [addressOf(ground.database.url)];
    opened.watches.push(watch);
    opened.lines[name] = await Line.open({ upstreams, watch: watch.look });
  }
  return opened;
};

const openSystems = async (
  tenants: readonly LoadTenant[],
  { lines }: Lines,
  direct: boolean,
): Promise<Systems> =>
  startSystems(tenants, async (origin) => {
    if (direct) return origin;
    const line = await Line.open({ upstreams: [addressOf(origin)] });
    lines['delivery-systems'] = line;
    return line.through(origin);
  });

const together = (one: string, other: string | undefined): string =>
  other === undefined ? one : `${one}---\n${other}`;

const declare = async (
  ground: Ground,
  declared: Declared,
  beside: Declared | undefined,
): Promise<void> => {
  const files = {
    tenants: join(ground.folder, 'tenants.yaml'),
    secrets: join(ground.folder, 'secrets.yaml'),
  };
  await writeFile(files.tenants, together(declared.tenants, beside?.tenants));
  const secrets = declared.secrets + (beside?.secrets ?? '');
  await writeFile(files.secrets, secrets, { mode: 0o600 });
  await ground.lbBus('migrate');
  await ground.lbBus('apply', '--yes', '-f', files.tenants, '--secrets', files.secrets);
};

/** The address through the line, where there is one. */
const behind = (line: Line | undefined, url: string): string => line?.through(url) ?? url;

const amqpAt = ({ broker }: Ground): string => {
  const { user, password } = broker.login;
  return `amqp://${user}:${password}@127.0.0.1:${broker.ports[0]?.amqp ?? 0}`;
};

const makeReplicas = async (
  ground: Ground,
  lines: Lines['lines'],
  { replicas: counts, environment = {} }: SettingOptions,
): Promise<ReadonlyMap<string, Replica>> => {
  const replicas = new Map<string, Replica>();
  const amqp = amqpAt(ground);
  for (const role of roles)
    for (let number = 0; number < counts[role]; number += 1) {
      const name = `${role}-${number}`;
      const databaseUrl = behind(lines[`${role}-database`], ground.database.url);
      const amqpUrl = behind(lines[`${role}-broker`], amqp);
      const port = role === 'gateway' ? await ground.freePort() : 0;
      const start = { role, name, port, databaseUrl, amqpUrl };
      replicas.set(name, new Replica(ground, { ...start, environment }));
    }
  return replicas;
};

/** Makes room for what a run writes: the write-ahead log of a small disk stays small. */
const configure = async (database: Pool): Promise<void> => {
  for (const setting of ["max_wal_size = '256MB'", "min_wal_size = '32MB'"])
    await database.query(`alter system set ${setting}`);
  await database.query('select pg_reload_conf()');
};

/** Declares the tenants, starts the processes and waits until all are ready. */
export const openSetting = async (ground: Ground, options: SettingOptions): Promise<Setting> => {
  const tenants = loadTenants(options.tenants);
  const database = new Pool({ connectionString: ground.database.url, max: 3 });
  database.on('error', () => undefined);
  await configure(database);
  const { direct = false } = options;
  const opened = await openServerLines(ground, direct);
  const systems = await openSystems(tenants, opened, direct);
  const lines = opened.lines as Record<LineName, Line>;
  const declared = declarationsOf(tenants, systems.settingsOf);
  await declare(ground, declared, options.beside);
  const replicas = await makeReplicas(ground, lines, options);
  await Promise.all([...replicas.values()].map((replica) => replica.begin()));
  const scene: Scene = { ground, lines, replicas, systems, tenants };
  await untilWhole(scene);
  return {
    ...scene,
    database,
    watches: opened.watches,
    gateways: [...replicas.values()]
      .filter(({ port }) => port > 0)
      .map(({ port }) => `http://127.0.0.1:${port}`),
    close: async () => {
      await Promise.all([...replicas.values()].map((replica) => replica.kill()));
      await Promise.all(Object.values(lines).map((line) => line.close()));
      await systems.close();
      await database.end();
    },
  };
};

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { openAttachmentStore, type AttachmentStore } from '#attachments/store.js';
import { connectBus, type Bus } from '#bus/connection.js';
import type { Envelope } from '#bus/envelope.js';
import { dynamics365 } from '#connectors/dynamics365/dynamics365.connector.js';
import { mijnBurgerprofiel } from '#connectors/mijn-burgerprofiel/mijn-burgerprofiel.connector.js';
import { overdracht } from '#connectors/overdracht/overdracht.connector.js';
import { postvak } from '#connectors/postvak/postvak.connector.js';
import { topdesk } from '#connectors/topdesk/topdesk.connector.js';
import { startDelivery } from '#delivery/start.js';
import { createAccept } from '#intake/accept.js';
import type { Accept } from '#intake/accepted.js';
import type { Connector } from '#kit/definition.js';
import type { Json } from '#kit/message.js';
import { startSimulator, type Simulator } from '#kit/simulator-host.js';
import type { Config } from '#runtime/config.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { open, readKeyFile, type KeyRing } from '#runtime/keys.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import type { DirectoryFollower } from '#tenants/directory.js';
import { followDirectory } from '#tenants/follow.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { freshVhost, type FreshVhost } from '../broker.js';
import { freshDatabase, type FreshDatabase } from '../database.js';
import { configIn } from '../delivery/declaration.js';
import { hurried, log } from '../delivery/ground.js';
import { Hearing } from '../delivery/hearing.js';

const connectors: ReadonlyMap<string, Connector> = new Map(
  ([topdesk, dynamics365, mijnBurgerprofiel, postvak, overdracht] as Connector[]).map((one) => [
    one.id,
    one,
  ]),
);
const secret = 'geheim';
type Simulated = 'topdesk' | 'dynamics365' | 'mijn-burgerprofiel';

/** One incident as its simulator shows it. */
export type Shown = Readonly<Record<string, Json>>;

interface Parts {
  readonly folder: string;
  readonly config: Config;
  readonly fresh: FreshDatabase;
  readonly vhost: FreshVhost;
  readonly bus: Bus;
  readonly database: Database;
  readonly directory: DirectoryFollower;
  readonly attachments: AttachmentStore;
  readonly delivery: RunningProcess;
  readonly hearing: Hearing;
}

/** TOPdesk, Dynamics 365 and Mijn Burgerprofiel of these tenants over HTTP, and delivery with their real connectors on a real broker. */
export class ExchangeGround {
  readonly simulators: Readonly<Record<Simulated, Simulator>>;
  readonly hearing: Hearing;
  readonly #parts: Parts;
  readonly #accept: Accept;

  private constructor(simulators: ExchangeGround['simulators'], parts: Parts) {
    this.simulators = simulators;
    this.hearing = parts.hearing;
    this.#parts = parts;
    const { bus, directory, attachments, config } = parts;
    this.#accept = createAccept({
      directory: () => directory.current(),
      publish: (queue, publication) => bus.publish(queue, publication),
      ensureQueues: (queues) => bus.ensureQueues(queues),
      publicUrl: config.publicUrl,
      attachments,
    });
  }

  /** `yamlOf` makes the declaration of the tenants from the addresses of their systems. */
  static async open(
    tenants: readonly string[],
    yamlOf: (settings: (system: string, tenant: string) => string) => string,
  ): Promise<ExchangeGround> {
    const accounts = tenants.map((name) => ({ name, secret }));
    const simulated = async ({ simulator, id }: Connector): Promise<Simulator> => {
      if (!simulator) throw new Error(`${id} has no simulator`);
      return startSimulator(simulator, { accounts });
    };
    const simulators = {
      topdesk: await simulated(topdesk),
      dynamics365: await simulated(dynamics365),
      'mijn-burgerprofiel': await simulated(mijnBurgerprofiel),
    };
    const secrets = new Map<string, string>();
    const settings = (system: string, tenant: string): string =>
      JSON.stringify(simulators[system as Simulated].settings(tenant), (name, value: unknown) => {
        if (!['password', 'clientSecret', 'privateKey'].includes(name)) return value;
        secrets.set(name.toLowerCase(), String(value));
        return { secret: name.toLowerCase() };
      }).slice(1, -1);
    return new ExchangeGround(simulators, await build(yamlOf(settings), secrets));
  }

  /** A message of an application enters; answers its bus id. */
  async send(tenant: string, event: Record<string, unknown>): Promise<string> {
    const sender = { tenant, sources: ['*'], types: ['*'], system: null };
    return (await this.#accept(event, sender)).id;
  }

  async attach(tenant: string, fileName: string): Promise<string> {
    const content = Readable.from([randomBytes(64)]);
    const meta = { fileName, contentType: 'image/jpeg' };
    const { id } = await this.#parts.attachments.put(tenant, content, meta);
    return `urn:lb-bus:attachment:${id}`;
  }

  /** Incidents of a tenant in one of its systems. */
  shown(system: 'topdesk' | 'dynamics365', tenant: string): Shown[] {
    return this.simulators[system].state(tenant) as Shown[];
  }

  /** What was accepted of a tenant, in order. */
  accepted(tenant: string): Envelope[] {
    return [...this.hearing.envelopes.values()].filter((one) => one.tenant === tenant);
  }

  /** The data of a message, opened with the key of its tenant. */
  dataOf({ id, tenant }: Envelope): Record<string, unknown> {
    const sealed = this.hearing.bodies.get(id) ?? Buffer.alloc(0);
    const plain = open(sealed, this.keysOf(tenant), `${tenant}|${id}`).toString('utf8');
    return (JSON.parse(plain) as { data: Record<string, unknown> }).data;
  }

  keysOf(tenant: string): KeyRing {
    return keysIn(this.#parts.directory, tenant);
  }

  rows<T>(statement: string): Promise<T[]> {
    return this.#parts.database.scoped(
      '*',
      async (trx) => (await sql.raw<T>(statement).execute(trx)).rows,
    );
  }

  /** What delivery counts, as Prometheus reads it. */
  async metrics(): Promise<string> {
    const { internalPort } = this.#parts.delivery;
    return (await fetch(`http://127.0.0.1:${internalPort}/metrics`)).text();
  }

  async close(): Promise<void> {
    const { delivery, directory, bus, database, vhost, fresh, folder } = this.#parts;
    await delivery.stop();
    await directory.close();
    await bus.close();
    await database.close();
    await Promise.all(Object.values(this.simulators).map((simulator) => simulator.close()));
    await vhost.drop();
    await fresh.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

const keysIn = (directory: DirectoryFollower, id: string): KeyRing => {
  const tenant = directory.current().tenants.get(id);
  if (!tenant) throw new Error(`${id} is not declared`);
  return tenant.bodyKeys;
};

type Secrets = ReadonlyMap<string, string>;

const apply = async (config: Config, file: string, secrets: Secrets): Promise<void> => {
  const database = openOwnerDatabase(config.databaseUrl);
  const keys = {
    body: readKeyFile(config.bodyKeyFile),
    secret: readKeyFile(config.secretKeyFile ?? ''),
  };
  try {
    const declared = await readDeclaration(file);
    const values = (_tenant: string, name: string): string | undefined => secrets.get(name);
    await (await prepare(declared, { database, keys, values, prune: false })).apply();
  } finally {
    await database.close();
  }
};

const build = async (yaml: string, secrets: Secrets): Promise<Parts> => {
  const folder = await mkdtemp(join(tmpdir(), 'exchange-'));
  const [fresh, vhost] = await Promise.all([freshDatabase(), freshVhost()]);
  const config = await configIn(folder, { databaseUrl: fresh.url, amqpUrl: vhost.url });
  const file = join(folder, 'tenants.yaml');
  await writeFile(file, yaml);
  await apply(config, file, secrets);
  const database = openDatabase({ url: fresh.url, log });
  const bus = connectBus({ url: vhost.url, name: 'test', log });
  await bus.ready(10_000);
  const directory = await followDirectory({
    database,
    bodyKek: readKeyFile(config.bodyKeyFile),
    snapshotFile: join(folder, 'test.tenants'),
    log,
  });
  const hearing = new Hearing(bus, (tenant) => keysIn(directory, tenant));
  const attachments = openAttachmentStore(config.attachments, (tenant) =>
    keysIn(directory, tenant),
  );
  const delivery = await startDelivery({
    config,
    log,
    connectors,
    timing: { ...hurried, sendDeadlineMs: 10_000 },
  });
  return { folder, config, fresh, vhost, bus, database, directory, attachments, delivery, hearing };
};

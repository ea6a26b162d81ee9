import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { readRecord } from '#bus/audit.js';
import { connectBus, type Bus } from '#bus/connection.js';
import type { Envelope } from '#bus/envelope.js';
import type { StepRecord } from '#bus/records.js';
import { auditQueue, hookQueue } from '#bus/topology.js';
import { freshVhost, queueDepth, type FreshVhost } from '#infra/testing/broker.js';
import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { until } from '#infra/testing/until.js';
import { createAccept } from '#intake/accept.js';
import type { Accept } from '#intake/accepted.js';
import { meldingContext } from '#oslo/melding/types.js';
import type { Config } from '#runtime/config.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { readKeyFile, seal } from '#runtime/keys.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { createLog } from '#runtime/log.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import type { DirectoryFollower } from '#tenants/directory.js';
import { followDirectory } from '#tenants/follow.js';
import { openOwnerDatabase, type OwnerDatabase } from '#tenants/owner.js';
import { startDelivery } from '../start.js';
import { timing, type Timing } from '../timing.js';
import { startArchief, type Archief } from './archief.js';
import { testConnectors } from './connectors.js';

/** As production, but hurried. */
export const hurried: Timing = {
  ...timing,
  sendDeadlineMs: 2_000,
  marginMs: 500,
  lookMs: 50,
  sweepMs: 300,
  probeMs: 60_000,
  giveUpMs: 300,
};

const log = createLog('test', process.env['LBBUS_TEST_LOG_LEVEL'] ?? 'silent');

/** A real broker, a real database, one tenant with an archive and a postvak, and a delivery process on them. */
export class World {
  readonly archief: Archief;
  readonly database: Database;
  readonly bus: Bus;
  readonly steps: StepRecord[] = [];
  /** Of what was accepted, by bus id. */
  readonly envelopes = new Map<string, Envelope>();
  readonly config: Config;
  readonly #owner: OwnerDatabase;
  readonly #fresh: FreshDatabase;
  readonly #vhost: FreshVhost;
  readonly #folder: string;
  readonly #running = new Set<RunningProcess>();
  #directory: DirectoryFollower | undefined;
  #sent = 0;

  private constructor(made: {
    archief: Archief;
    fresh: FreshDatabase;
    vhost: FreshVhost;
    folder: string;
  }) {
    this.archief = made.archief;
    this.#fresh = made.fresh;
    this.#vhost = made.vhost;
    this.#folder = made.folder;
    this.database = openDatabase({ url: made.fresh.url, log });
    this.#owner = openOwnerDatabase(made.fresh.url);
    this.bus = connectBus({ url: made.vhost.url, name: 'test', log });
    this.config = {
      databaseUrl: made.fresh.url,
      amqpUrl: made.vhost.url,
      amqpManagementUrl: null,
      bodyKeyFile: join(made.folder, 'body.keys'),
      secretKeyFile: join(made.folder, 'secret.keys'),
      attachments: pathToFileURL(join(made.folder, 'attachments')).href,
      publicUrl: 'https://lb-bus.example',
      port: 0,
      internalPort: 0,
      readyFile: null,
      stateDir: join(made.folder, 'state'),
      sandbox: true,
      issuersFile: null,
      operatorTokensFile: null,
      logLevel: 'silent',
    };
  }

  static async create(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'delivery-'));
    for (const name of ['body', 'secret'])
      await writeFile(join(folder, `${name}.keys`), `k1:${randomBytes(32).toString('base64')}\n`);
    const [archief, fresh, vhost] = await Promise.all([
      startArchief(),
      freshDatabase(),
      freshVhost(),
    ]);
    const world = new World({ archief, fresh, vhost, folder });
    await world.declare();
    await world.#listen();
    return world;
  }

  /** Applies the tenant's declaration, with the archive's password as it is now, or another. */
  async declare(password = this.archief.password, baseUrl = this.archief.baseUrl): Promise<void> {
    const file = join(this.#folder, 'tenants.yaml');
    await writeFile(
      file,
      `
tenant: aalter
name: Gemeente Aalter
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/aalter
kbo: "0207433216"
verwerkingen: [andere, meldingen]
allowedHosts: [127.0.0.1]
connectors:
  archief: { settings: { baseUrl: "${baseUrl}", password: { secret: archief } } }
  meldpunt: { connector: postvak }
routes:
  - when: { type: be.lbbus.melding.ingediend.v1 }
    to: [ archief ]
  - when: { type: be.lbbus.melding.status-gewijzigd.v1 }
    to: [ meldpunt, archief ]
`,
    );
    const { bodyKeyFile, secretKeyFile } = this.config;
    const keys = { body: readKeyFile(bodyKeyFile), secret: readKeyFile(secretKeyFile ?? '') };
    const prepared = await prepare(await readDeclaration(file), {
      database: this.#owner,
      keys,
      values: () => password,
      prune: false,
    });
    await prepared.apply();
  }

  /** Starts a delivery process in this one. */
  async start(
    options: { timing?: Partial<Timing>; databaseUrl?: string } = {},
  ): Promise<RunningProcess> {
    const running = await startDelivery({
      config: { ...this.config, databaseUrl: options.databaseUrl ?? this.config.databaseUrl },
      log,
      connectors: testConnectors,
      timing: { ...hurried, ...options.timing },
    });
    this.#running.add(running);
    return running;
  }

  async stop(running: RunningProcess): Promise<void> {
    this.#running.delete(running);
    await running.stop();
  }

  /** A melding enters as through the gateway; answers its bus id. */
  async send(melding: { subject?: string; titel?: string; id?: string } = {}): Promise<string> {
    const number = (this.#sent += 1);
    const subject = `https://meldingen.aalter.example/id/melding/${melding.subject ?? `s${number}`}`;
    const event = {
      specversion: '1.0',
      id: melding.id ?? `m${number}`,
      source: 'urn:lb:aalter:balie',
      type: 'be.lbbus.melding.ingediend.v1',
      subject,
      time: '2026-01-05T08:12:00Z',
      datacontenttype: 'application/ld+json',
      verwerking: 'meldingen',
      data: {
        '@context': meldingContext,
        '@id': subject,
        '@type': 'Melding',
        titel: melding.titel ?? 'Put in het fietspad',
        meldingstype: [{ '@id': 'https://data.aalter.example/id/concept/Meldingstype/wegdek' }],
        indiener: { '@type': 'Agent' },
        behandelaar: { '@id': 'http://data.lblod.info/id/bestuurseenheden/aalter' },
        heeftBody: [{ '@type': 'MeldingBody', beschrijving: 'Een put.' }],
      },
    };
    const sender = { tenant: 'aalter', sources: ['*'], types: ['*'], system: null };
    return (await this.#newAccept()(event, sender)).id;
  }

  /** Each message through a gateway of its own: none remembers what another accepted. */
  #newAccept(): Accept {
    const { bus } = this;
    return createAccept({
      directory: () => this.#follower().current(),
      publish: (queue, publication) => bus.publish(queue, publication),
      ensureQueues: (queues) => bus.ensureQueues(queues),
      publicUrl: this.config.publicUrl,
      attachments: { describe: () => Promise.resolve(null) },
    });
  }

  #follower(): DirectoryFollower {
    if (!this.#directory) throw new Error('the world does not listen yet');
    return this.#directory;
  }

  /** A webhook call about a thing, as the gateway lays it down. */
  async call(headers: Record<string, string>, reference: string): Promise<void> {
    const bodyBase64 = Buffer.from(reference).toString('base64');
    const receivedAt = new Date().toISOString();
    const plain = Buffer.from(JSON.stringify({ headers, bodyBase64, receivedAt }));
    const tenant = this.#follower().current().tenants.get('aalter');
    if (!tenant) throw new Error('aalter is not declared');
    const queue = hookQueue('aalter', 'archief');
    await this.bus.ensureQueues([queue]);
    await this.bus.publish(queue, {
      body: seal(plain, tenant.bodyKeys, 'aalter|hook'),
      headers: { 'lb-tenant': 'aalter', 'lb-target': 'archief' },
    });
  }

  /** Messages in a queue that nobody has been given. */
  depth(queue: string): Promise<number> {
    return queueDepth(this.#vhost, queue);
  }

  /** Steps of a message at the archive, each once, by their number. */
  stepsOf(message: string, target = 'archief'): StepRecord[] {
    const mine = this.steps.filter(
      (step) => step.envelope.id === message && step.target === target,
    );
    return [...new Map(mine.map((step) => [step.stepId, step])).values()].sort(
      (a, b) => a.sequence - b.sequence,
    );
  }

  /** Waits until the last step of the message at the archive has this status; answers that step. */
  async reaches(
    message: string,
    status: StepRecord['status'],
    timeoutMs = 15_000,
  ): Promise<StepRecord> {
    return until(
      () => {
        const last = this.stepsOf(message).at(-1);
        return last?.status === status ? last : null;
      },
      {
        what: `${message} to be ${status}: ${JSON.stringify(this.outcomesOf(message))}`,
        timeoutMs,
      },
    );
  }

  outcomesOf(message: string): string[] {
    return this.stepsOf(message).map(({ outcome }) => outcome);
  }

  async nothingWaits(): Promise<void> {
    await until(async () => (await this.rows('select from delivery.waiting')).length === 0, {
      what: 'no row to be left waiting',
    });
  }

  /** Rows of a statement, as the bus itself sees them. */
  async rows<T>(statement: string): Promise<T[]> {
    return this.database.scoped(
      '*',
      async (trx) => (await sql.raw<T>(statement).execute(trx)).rows,
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
    await this.#directory?.close();
    await this.bus.close();
    await this.#owner.close();
    await this.database.close();
    await this.archief.close();
    await this.#vhost.drop();
    await this.#fresh.drop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #listen(): Promise<void> {
    const { database, bus } = this;
    const directory = await followDirectory({
      database,
      bodyKek: readKeyFile(this.config.bodyKeyFile),
      snapshotFile: join(this.#folder, 'test.tenants'),
      log,
    });
    this.#directory = directory;
    await bus.ready(10_000);
    const keysOf = (tenant: string) => directory.current().tenants.get(tenant)?.bodyKeys ?? null;
    bus.consume(auditQueue, { prefetch: 50 }, (delivery) => {
      const record = readRecord(delivery, keysOf);
      if (record.record === 'step') this.steps.push(record);
      else this.envelopes.set(record.envelope.id, record.envelope);
      delivery.ack();
    });
  }
}

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { hookQueue } from '#bus/topology.js';
import { startDelivery } from '#delivery/start.js';
import type { Timing } from '#delivery/timing.js';
import type { Connector } from '#kit/definition.js';
import type { Envelope } from '#bus/envelope.js';
import { createAccept } from '#intake/accept.js';
import type { Accept } from '#intake/accepted.js';
import { Refusal } from '#intake/refusal.js';
import type { Config } from '#runtime/config.js';
import { open, seal } from '#runtime/keys.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import type { Tenant } from '#tenants/directory.js';
import { startGateway } from '../../../gateway/start.js';
import { queueDepth } from '../broker.js';
import { meldingData, meldingEvent } from '../melding.js';
import { personQuestion } from '../question.js';
import { until } from '../until.js';
import type { Archief } from './archief.js';
import { testConnectors } from './connectors.js';
import { declare } from './declaration.js';
import { hurried, log, make, type Extent, type Made } from './ground.js';
import { Hearing } from './hearing.js';

/** As a sender does: what is refused because the broker cannot take it now is sent again. */
const untilAccepted = (send: () => Promise<string>): Promise<string> =>
  until(
    () =>
      send().catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'broker-unavailable') return null;
        throw error;
      }),
    { what: 'the broker to take the message' },
  );

interface KeptAnswer {
  readonly answer: Buffer;
  readonly id: string;
}

/** A gateway of the world. */
export interface Door {
  readonly running: RunningProcess;
  readonly url: string;
}

/** A question, and the moment at which it was accepted where that is not now. */
type Asked = NonNullable<Parameters<typeof personQuestion>[0]> & { readonly at?: Date };

/** A real broker, a real database, one tenant with an archive and a postvak, and delivery processes on them. */
export class World {
  readonly archief: Archief;
  readonly config: Config;
  readonly hearing: Hearing;
  readonly #made: Made;
  readonly #running = new Set<RunningProcess>();
  #sent = 0;

  private constructor(made: Made) {
    this.#made = made;
    this.archief = made.archief;
    this.config = made.config;
    this.hearing = new Hearing(made.bus, (tenant) => this.#tenant(tenant).bodyKeys);
  }

  static async create(extent: Extent = { archives: 0, postvakken: 0 }): Promise<World> {
    return new World(await make(extent));
  }

  /** The one archive and those beside it: each gets every melding. */
  get archives(): readonly Archief[] {
    return [this.archief, ...this.#made.beside];
  }

  /** Starts a delivery process in this one; a stopped test stops it too. */
  async start(
    options: {
      timing?: Partial<Timing>;
      databaseUrl?: string;
      amqpUrl?: string;
      connectors?: ReadonlyMap<string, Connector>;
    } = {},
  ): Promise<RunningProcess> {
    const { databaseUrl = this.config.databaseUrl, connectors = testConnectors } = options;
    const { amqpUrl = this.config.amqpUrl } = options;
    const running = await startDelivery({
      config: { ...this.config, databaseUrl, amqpUrl },
      log,
      connectors,
      timing: { ...hurried, ...options.timing },
    });
    this.#running.add(running);
    return running;
  }

  /** Starts a gateway in this process; answers it and its address. */
  async startDoor(options: { databaseUrl?: string } = {}): Promise<Door> {
    const { databaseUrl = this.config.databaseUrl } = options;
    // Each has its own snapshot of the tenants.
    const stateDir = join(this.config.stateDir, `door-${this.#running.size}`);
    await mkdir(stateDir, { recursive: true });
    const running = await startGateway({ ...this.config, databaseUrl, stateDir }, log);
    this.#running.add(running);
    return { running, url: `http://127.0.0.1:${running.port}` };
  }

  async stop(running: RunningProcess): Promise<void> {
    this.#running.delete(running);
    await running.stop();
  }

  /** Another address in the settings of the tenant's archive; none: its own. */
  async pointArchief(baseUrl: string = this.archief.baseUrl): Promise<void> {
    const { password } = this.archief;
    await declare(this.config, this.#made.folder, { baseUrl, password });
  }

  /** Another password of the archive in the settings of the tenant. */
  async applyPassword(password: string): Promise<void> {
    await declare(this.config, this.#made.folder, { baseUrl: this.archief.baseUrl, password });
  }

  /** Switches the archive of the tenant on or off in its declaration. */
  async switchArchief(enabled: boolean): Promise<void> {
    const { baseUrl, password } = this.archief;
    await declare(this.config, this.#made.folder, { baseUrl, password, enabled });
  }

  /** A question enters; answers its envelope. */
  async ask(question: Asked = {}): Promise<Envelope> {
    const sender = { tenant: 'aalter', sources: ['*'], types: ['*'], system: null };
    const event = personQuestion(question);
    return (await this.#accept(question.at)(event, sender)).envelope;
  }

  /** Waits for the answer that is kept of a question, opened. */
  async answerTo({ id }: Envelope): Promise<Record<string, unknown>> {
    const statement = `select answer, answer_envelope ->> 'id' as id from delivery.question
      where message = '${id}' and answer is not null`;
    const kept = await until(async () => (await this.rows<KeptAnswer>(statement))[0], {
      what: `an answer to ${id}`,
    });
    const plain = open(kept.answer, this.#tenant('aalter').bodyKeys, `aalter|${kept.id}`);
    return JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
  }

  /** A melding enters, as through a gateway that remembers nothing; answers its bus id. */
  async send(melding: { subject?: string; titel?: string; id?: string } = {}): Promise<string> {
    const number = (this.#sent += 1);
    const { subject = `s${number}`, titel = 'Put in het fietspad', id = `m${number}` } = melding;
    const iri = `https://meldingen.aalter.example/id/melding/${subject}`;
    const data = { ...meldingData(), '@id': iri, titel };
    const accept = this.#accept();
    const sender = { tenant: 'aalter', sources: ['*'], types: ['*'], system: null };
    const event = meldingEvent({ id, subject: iri, data });
    return untilAccepted(async () => (await accept(event, sender)).id);
  }

  /** A webhook call about a thing, as the gateway lays it down. */
  async call(headers: Record<string, string>, reference: string): Promise<void> {
    const bodyBase64 = Buffer.from(reference).toString('base64');
    const receivedAt = new Date().toISOString();
    const plain = Buffer.from(JSON.stringify({ headers, bodyBase64, receivedAt }));
    const queue = hookQueue('aalter', 'archief');
    const { bus } = this.#made;
    await bus.ensureQueues([queue]);
    await bus.publish(queue, {
      body: seal(plain, this.#tenant('aalter').bodyKeys, 'aalter|hook'),
      headers: { 'lb-tenant': 'aalter', 'lb-target': 'archief' },
    });
  }

  /** Messages in a queue that nobody has been given. */
  depth(queue: string): Promise<number> {
    return queueDepth(this.#made.vhost, queue);
  }

  /** Rows of a statement, as the bus itself sees them. */
  rows<T>(statement: string): Promise<T[]> {
    return this.#made.database.scoped(
      '*',
      async (trx) => (await sql.raw<T>(statement).execute(trx)).rows,
    );
  }

  async nothingWaits(): Promise<void> {
    await until(async () => (await this.rows('select from delivery.waiting')).length === 0, {
      what: 'no row to be left waiting',
    });
  }

  async close(): Promise<void> {
    const { directory, bus, database, vhost, fresh, folder } = this.#made;
    await Promise.all([...this.#running].map((running) => running.stop()));
    await directory.close();
    await bus.close();
    await database.close();
    await Promise.all(this.archives.map((archief) => archief.close()));
    await vhost.drop();
    await fresh.drop();
    await rm(folder, { recursive: true, force: true });
  }

  #accept(at?: Date): Accept {
    const { bus, directory } = this.#made;
    return createAccept({
      directory: () => directory.current(),
      publish: (queue, publication) => bus.publish(queue, publication),
      ensureQueues: (queues) => bus.ensureQueues(queues),
      publicUrl: this.config.publicUrl,
      attachments: { describe: () => Promise.resolve(null) },
      ...(at && { now: () => at }),
    });
  }

  #tenant(id: string): Tenant {
    const tenant = this.#made.directory.current().tenants.get(id);
    if (!tenant) throw new Error(`${id} is not declared`);
    return tenant;
  }
}

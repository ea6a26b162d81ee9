import type { Bus } from '#bus/connection.js';
import { KeptQueues } from '#bus/kept-queues.js';
import type { BusServer } from '#bus/server.js';
import type { Connector } from '#kit/definition.js';
import type { ConnectorInstance, DirectoryFollower } from '#tenants/directory.js';
import { holdChannel } from '#trace/line-channels.js';
import { Checker } from './checks/checker.js';
import { Circuits } from './circuits/circuits.js';
import { showStates } from './connection-state.js';
import { lineOf } from './connections.js';
import type { Circuit } from './decide/circuit.js';
import { Due } from './due.js';
import { Holds } from './holds.js';
import type { Line } from './line.js';
import { startLoop, type Loop } from './loop.js';
import { probeHolds, releaseChanged } from './probe.js';
import { startReplayer } from './replay/replayer.js';
import { coupled, queuesOf, servedOf, type Serving } from './served.js';
import { Poller } from './sources/poller.js';
import { Replicas } from './replicas/replicas.js';
import { bringForward } from './store/rows.js';
import { sweepReleased, sweepUntold } from './sweep.js';
import type { Tools } from './tools.js';

export interface OperationOptions {
  readonly server: Pick<BusServer, 'serve' | 'seated' | 'reconsider'>;
  readonly bus: Pick<Bus, 'ensureQueues' | 'state'>;
  readonly directory: DirectoryFollower;
  readonly connectors: ReadonlyMap<string, Connector>;
}

/**
 * Keeps the process in step with the world: which queues are consumed, which lines stand still, what is due, what is
 * polled, what another process left untold. Everything here may be done twice, by several processes.
 */
export class Operation {
  readonly #tools: Tools;
  readonly #options: OperationOptions;
  readonly #holds: Holds;
  readonly #replicas: Replicas;
  readonly #due: Due;
  readonly #poller: Poller;
  readonly #checker: Checker;
  readonly #circuits: Circuits;
  readonly #queues: KeptQueues;
  #loops: { readonly [name in 'due' | 'release' | 'probe' | 'replay']: Loop } | undefined;
  #stopListening: (() => Promise<void>) | undefined;
  #learned = false;
  #stopped = false;

  constructor(tools: Tools, options: OperationOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#holds = new Holds(tools, () => this.#serve());
    this.#replicas = new Replicas(tools, {
      up: () => options.bus.state() !== 'down',
      seated: () => this.#learned && options.server.seated(),
      changed: () => this.#replicasChanged(),
    });
    const mine = (line: Line): boolean => this.#replicas.serves(line);
    this.#due = new Due(tools, () => this.#moving().map(lineOf), mine);
    this.#poller = new Poller(tools, options.connectors, () => this.#moving());
    this.#checker = new Checker(tools);
    this.#circuits = new Circuits(tools, this.#replicas.id);
    this.#queues = new KeptQueues(options.bus, tools.log);
  }

  start(): void {
    const { gate, database, timing, log } = this.#tools;
    const { directory } = this.#options;
    this.#loops = {
      due: startLoop('due', timing.lookMs, () => this.#look(), log),
      release: startLoop('release', timing.sweepMs, () => this.#sweep(), log),
      probe: startLoop('probe', timing.probeMs, () => this.#probe(), log),
      replay: startReplayer(this.#tools, () => this.#loops?.due.wake()),
    };
    gate.onPhase((line, now, before) => this.#circuitChanged(line, now, before));
    const unfollow = directory.onChange(() => this.#tenantsChanged());
    const deafen = database.listen(holdChannel, () => this.#loops?.release.wake());
    this.#stopListening = async () => {
      unfollow();
      await deafen();
    };
    this.#checker.start();
    this.#circuits.start();
    this.#tenantsChanged();
    this.#replicas.start();
  }

  /** Starts nothing more and waits for what this process itself began. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#tools.gate.close();
    const left = this.#replicas.leave();
    await this.#stopListening?.();
    await Promise.all(Object.values(this.#loops ?? {}).map((loop) => loop.stop()));
    await Promise.all([
      ...[this.#poller.stop(), this.#due.stop(), this.#checker.stop()],
      ...[this.#circuits.stop(), left],
    ]);
  }

  #serving(): Serving {
    const { directory, connectors } = this.#options;
    return {
      instances: coupled(directory.current()),
      connectors,
      held: (line) => this.#holds.holds(line),
      open: (line) => this.#tools.gate.phase(line) === 'open',
      mine: (line) => this.#replicas.serves(line),
      mayTake: (line, queue) => this.#replicas.mayTake(line, queue),
    };
  }

  #moving(): ConnectorInstance[] {
    return this.#serving().instances.filter((instance) => !this.#holds.holds(lineOf(instance)));
  }

  /** Nothing is drained before it is known what stands still. */
  #serve(): void {
    this.#tools.gate.hold(this.#holds.all());
    if (this.#stopped || !this.#learned) return;
    this.#options.server.serve(servedOf(this.#serving()));
    showStates(this.#tools, this.#serving());
  }

  #replicasChanged(): void {
    this.#serve();
    this.#options.server.reconsider();
    this.#loops?.due.wake();
  }

  async #look(): Promise<void> {
    if (!this.#learned) await this.#learn();
    await this.#due.look();
    this.#poller.look();
  }

  async #learn(): Promise<void> {
    await this.#holds.refresh();
    if (this.#learned) return;
    this.#learned = true;
    this.#serve();
  }

  async #sweep(): Promise<void> {
    await this.#learn();
    await sweepReleased(this.#tools);
    await sweepUntold(this.#tools);
    this.#loops?.due.wake();
  }

  async #probe(): Promise<void> {
    await this.#holds.refresh();
    await probeHolds(this.#tools, this.#holds);
  }

  #circuitChanged(line: Line, now: Circuit, before: Circuit): void {
    const { log, patiently, database } = this.#tools;
    log.warn({ ...line, circuit: now.phase }, 'the circuit of a line changed');
    this.#circuits.wake();
    this.#serve();
    if (before.phase !== 'open') return;
    patiently('bring forward', () =>
      database.scoped(line.tenant, (trx) => bringForward(trx, line)),
    ).then(
      () => this.#loops?.due.wake(),
      () => undefined,
    );
  }

  #tenantsChanged(): void {
    const { log } = this.#tools;
    this.#serve();
    this.#poller.forgive();
    this.#checker.wake();
    void this.#queues.keep(queuesOf(this.#serving()));
    releaseChanged(this.#tools, this.#holds).then(
      () => this.#loops?.release.wake(),
      (error: unknown) => log.warn({ cause: String(error) }, 'changed settings were not tried'),
    );
  }
}

import { Type } from '@sinclair/typebox';
import { Connections } from '#delivery/connections.js';
import { Gate } from '#delivery/gate.js';
import { InHand } from '#delivery/in-hand.js';
import { Received } from '#delivery/received.js';
import { Lanes } from '#delivery/lanes.js';
import { timing } from '#delivery/timing.js';
import type { Tools } from '#delivery/tools.js';
import { openTransactions } from '#delivery/transactions.js';
import { defineConnector, type Connector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import { meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import type { Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { createDeliveryMetrics } from '#runtime/metrics.js';
import type { Directory } from '#tenants/directory.js';

/** The process is no more: nothing that it had begun comes to an end. */
export class Died extends Error {}

/** What the system at the other side did with a message: the id of the thing, and whether there is an answer to it. */
export interface Done {
  readonly externalId: string;
  readonly answers: boolean;
}

/** Where a process stands: what it tells, what it brings to the other side, and on which database it works. */
export interface World {
  readonly database: Database;
  readonly directory: Directory;
  readonly tell: Tools['audit'];
  readonly answer: (event: unknown) => void;
  /** Resolves or rejects as the other side does with this message. */
  readonly send: (message: string, process: Process) => Promise<Done>;
}

const log = createLog('test', 'silent');
const metrics = createDeliveryMetrics({ process: false });

/** Delivers what the world says; what the connector did is for the test to decide. */
const scripted = (send: (message: string) => Promise<Done>): Connector =>
  defineConnector({
    id: 'scripted',
    title: 'Scripted',
    summary: '',
    docs: '',
    interface: { protocol: 'REST', carries: 'JSON' },
    settings: Type.Object({}),
    connect: () => null,
    check: () => Promise.resolve(),
    operations: {
      register: operation({
        summary: 'Registers.',
        accepts: meldingIngediend,
        answers: meldingStatusGewijzigd,
        redelivery: 'by-reference',
        map: ({ busId }) => busId,
        send: (_client: null, busId) => send(busId),
        refer: ({ externalId }) => ({ externalId }),
        answer: ({ answers, externalId }) =>
          answers
            ? { type: meldingStatusGewijzigd.type, id: externalId, time: '', data: {} }
            : null,
      }),
    },
    simulator: null,
  });

/**
 * The way through delivery as one process runs it, with a broker that only the test knows. Each thing that it does to the
 * world, a transaction or a publish, is a point before and after which it can be made to die.
 */
export class Process {
  readonly tools: Tools;
  #points = Infinity;
  #dead = false;

  constructor(world: World) {
    const { database, directory, tell } = world;
    const connector = scripted((message) => world.send(message, this));
    const connections = new Connections({
      directory: () => directory,
      connectors: new Map([['scripted', connector]]),
      openSettings: () => Promise.resolve({}),
      platformOf: () => ({
        postvak: { put: () => Promise.resolve() },
        observe: () => undefined,
        sandbox: true,
      }),
    });
    const mortal: Database = {
      ...database,
      scoped: (scope, work) => this.#act(() => database.scoped(scope, work)),
    };
    const gate = new Gate();
    this.tools = {
      database: mortal,
      transactions: openTransactions({
        database: mortal,
        directory: () => directory,
        gate,
        timing,
      }),
      directory: () => directory,
      accept: (event) =>
        this.#act(() => {
          world.answer(event);
          return Promise.resolve({ id: '', envelope: {} as never });
        }),
      audit: {
        step: (record) => this.#act(() => tell.step(record)),
        accepted: (record, body) => this.#act(() => tell.accepted(record, body)),
      },
      attachments: {
        describe: () => Promise.resolve(null),
        read: () => Promise.reject(new Error('none')),
        put: () => Promise.reject(new Error('none')),
      },
      connections,
      gate,
      turns: { take: () => Promise.resolve(true) },
      lanes: new Lanes(),
      inHand: new InHand(),
      received: new Received(),
      patiently: (_what, work) => work(),
      questions: null as never,
      metrics,
      log,
      timing,
    };
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** It dies before or after one of its next acts. */
  dieAfter(points: number): void {
    this.#points = points;
  }

  die(): void {
    this.#dead = true;
  }

  async #act<T>(work: () => Promise<T>): Promise<T> {
    this.#pass();
    const answer = await work();
    this.#pass();
    return answer;
  }

  #pass(): void {
    if (this.#points-- <= 0) this.#dead = true;
    if (this.#dead) throw new Died();
  }
}

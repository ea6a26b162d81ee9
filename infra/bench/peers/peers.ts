import { setTimeout as pause } from 'node:timers/promises';
import { serverPids, startAgain, Bus, type Servers } from '../bus.js';
import { busTarget, Flow, type Rounds } from '../flow.js';
import { meldingenOf } from '../meldingen.js';
import { startBuilt, type Standing, type Started } from '../processes.js';
import { meter } from '../processor.js';
import { declare } from '../standing.js';
import { tenantYaml } from '../system/tenant.js';
import { startSystem, type System } from '../system/system.js';
import type { Target } from '../load.js';

export interface PeersOptions {
  /** Of each round; each way has three. */
  readonly seconds: number;
}

/** What one way did. */
export interface Ran extends Rounds {
  readonly name: string;
  /** Milliseconds of processor per message, by process. */
  readonly usedMs: ReadonlyMap<string, number>;
  /** After its process was killed five times. */
  readonly killed: { readonly messages: number; readonly lost: number; readonly doubled: number };
  readonly failed: number;
}

/** A way from a door to the system that is measured. */
interface Way {
  readonly target: Omit<Target, 'room'>;
  readonly pids: () => Map<string, number>;
  /** `kill -9` of the process that hands over, and the next. */
  readonly kill: () => Promise<void>;
  /** Until it has written down what it did of so many messages. */
  readonly written: (messages: number) => Promise<void>;
  /** Until what a killed process held has been handed over again. */
  readonly redelivered: (messages: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Contender {
  readonly name: string;
  readonly open: (servers: Servers, system: System) => Promise<Way>;
}

const systemTakesMs = 5;
const tenant = 'bench';
const connections = 32;
const underWay = 200;
const kills = 5;
const leastWarmUpSeconds = 3;
const killRound = { seconds: 3, killAfterMs: 1_000 };
const programs = '../infra/bench/peers/programs';

const openBus: Contender['open'] = async (servers, { baseUrl }) => {
  const standing = await declare(servers, tenantYaml(tenant, baseUrl, 1));
  const bus = await Bus.open(servers, standing);
  await bus.startAll();
  const [door = ''] = bus.doors;
  return {
    target: busTarget([{ tenant, door }]),
    pids: () => bus.pids,
    kill: () => bus.kill('delivery'),
    written: (messages) => bus.untilCollected(messages),
    redelivered: (messages) => bus.untilCollected(messages),
    close: () => bus.close(),
  };
};

const openPeer =
  (program: string, redeliversMs: number): Contender['open'] =>
  async (servers, { baseUrl }) => {
    const standingAs = (role: string): Standing => ({
      folder: servers.folder,
      environment: {
        DATABASE_URL: servers.databaseUrl,
        AMQP_URL: servers.amqpUrl,
        PEER_SYSTEM_URL: baseUrl,
        PEER_ROLE: role,
      },
    });
    const start = (role: string): Promise<Started> =>
      startBuilt(`${programs}/${program}.mjs`, `${program}-${role}`, standingAs(role));
    // The worker declares the queue, and binds it.
    let worker = await start('worker');
    const door = await start('door');
    return {
      target: {
        url: `http://127.0.0.1:${door.port}/v1/messages`,
        headers: { 'content-type': 'application/json' },
        next: meldingenOf(tenant),
        expected: 202,
      },
      pids: () =>
        new Map([['door', door.pid], ['worker', worker.pid], ...serverPids(servers.groundFolder)]),
      kill: async () => {
        const place = { folder: servers.folder, name: `${program}-worker` };
        worker = await startAgain(worker, place, () => start('worker'));
      },
      written: () => pause(1_000),
      redelivered: () => pause(redeliversMs),
      close: async () => {
        await door.stop();
        await worker.stop();
      },
    };
  };

/** Who does the same work. */
export const contenders: readonly Contender[] = [
  { name: 'LB-bus', open: openBus },
  { name: '@golevelup/nestjs-rabbitmq', open: openPeer('golevelup', 2_000) },
  { name: '@nestjs/microservices', open: openPeer('nestjs-microservices', 2_000) },
  { name: 'pg-boss', open: openPeer('pg-boss', 25_000) },
];

const killed = async (way: Way, flow: Flow, system: System): Promise<Ran['killed']> => {
  const before = system.taken.size;
  for (let time = 0; time < kills; time++) {
    const killing = pause(killRound.killAfterMs).then(() => way.kill());
    await Promise.all([flow.give({ ...killRound, connections }), killing]);
  }
  await flow.settle();
  await way.redelivered(system.taken.size);
  return {
    messages: system.taken.size - before + flow.lost,
    lost: flow.lost,
    doubled: flow.doubled,
  };
};

const run = async (
  { name, open }: Contender,
  servers: Servers,
  { seconds }: PeersOptions,
  print: (line: string) => void,
): Promise<Ran> => {
  const system = await startSystem(systemTakesMs);
  const way = await open(servers, system);
  try {
    const flow = new Flow({ target: way.target, system, underWay, systems: 1 });
    await flow.round({ seconds: Math.max(leastWarmUpSeconds, seconds), connections });
    await way.written(system.taken.size);
    const used = meter(way.pids());
    const went = await flow.rounds({ seconds, connections });
    print(`    ${name}: ${Math.round(went.perSecond.median)} per second`);
    await way.written(system.taken.size);
    const usedMs = new Map([...used()].map(([process, ms]) => [process, ms / went.messages]));
    print(`    ${name}: its process is killed ${kills} times`);
    return {
      name,
      ...went,
      usedMs,
      killed: await killed(way, flow, system),
      failed: flow.failed,
    };
  } finally {
    await way.close();
    system.close();
  }
};

/** The same work by the bus and by others, one after the other: taken over HTTP, confirmed, handed over in a call of 5 ms. */
export const runPeers = async (
  servers: Servers,
  options: PeersOptions,
  print: (line: string) => void,
): Promise<Ran[]> => {
  const ran: Ran[] = [];
  for (const contender of contenders) ran.push(await run(contender, servers, options, print));
  return ran;
};

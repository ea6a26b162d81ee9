import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from '#infra/chaos/ground.js';
import { openSetting, type Setting } from '#infra/chaos/setting.js';
import { doorsAt, type Doors } from '#infra/load/doors.js';
import { keyOf } from '#infra/load/ledger.js';
import { newOperator } from '#infra/load/operator.js';
import { randomFrom } from '#infra/load/random.js';
import { startReaders } from '#infra/load/readers.js';
import { Senders } from '#infra/load/senders.js';
import { loadTenants } from '#infra/load/tenants.js';
import { waitsOf } from '#infra/load/waits.js';
import { watchMachine } from '../processor.js';
import { startApart, type Apart } from './apart.js';
import { layDownParked } from './parked-rows.js';
import type { Pair, Time } from './table.js';
import { troubles } from './trouble.js';

export interface NeighboursOptions {
  /** Each of the times. */
  readonly seconds: number;
  /** Messages per second that the applications of the quiet tenants send, together: at each of these rates they are measured. */
  readonly rates: readonly number[];
}

const quietTenants = 17;
const parkedCount = 50_000;
const troubled = loadTenants(quietTenants + troubles.length).slice(quietTenants);
const catchUpMs = 60_000;

interface Street {
  readonly setting: Setting;
  readonly doors: Doors;
  readonly print: (line: string) => void;
}

interface Measuring {
  readonly name: string;
  readonly perSecond: number;
  readonly seconds: number;
}

/** The quiet tenants send for a while; answers how long each message waited until its system had acted, and how busy the machine was. */
const measure = async (street: Street, { seconds, ...load }: Measuring): Promise<Time> => {
  const { setting, doors, print } = street;
  const { acts } = setting.systems;
  const random = randomFrom(load.name.length);
  const senders = new Senders({ doors, tenants: setting.tenants, random, ...load });
  const used = watchMachine();
  senders.start();
  const progress = setInterval(
    () => print(`    ${senders.accepted} taken of the quiet, ${acts.list.length} done of all`),
    10_000,
  );
  await pause(seconds * 1_000);
  const { busy } = used();
  await senders.stop(catchUpMs);
  clearInterval(progress);
  const owed = (): number => owedOf(senders, acts.list);
  const deadline = performance.now() + catchUpMs;
  while (owed() > 0 && performance.now() < deadline) await pause(200);
  if (owed() > 0) print(`    ${owed()} messages of the quiet were not done within a minute`);
  const waits = waitsOf(senders.sent, acts.list).filter(({ target }) => target !== 'meldpunt');
  return { busy, waits };
};

/** How much of what was taken its systems have still to do. */
const owedOf = ({ sent }: Senders, acts: Setting['systems']['acts']['list']): number => {
  const done = new Set(acts.map(({ tenant, target, message }) => keyOf(tenant, target, message)));
  return sent.reduce((owed, { tenant, targets, parks, outcome }) => {
    if (outcome.kind !== 'accepted') return owed;
    const due = targets.filter((target) => target !== 'meldpunt' && !(target in parks));
    return owed + due.filter((target) => !done.has(keyOf(tenant, target, outcome.id))).length;
  }, 0);
};

const makeTroubles = async ({ print }: Street, apart: Apart): Promise<void> => {
  for (const [index, { words }] of troubles.entries())
    print(`    ${troubled[index]?.id ?? ''}: ${words}`);
  await apart.ask({ step: 'prepare' });
  await apart.ask({ step: 'make' });
};

const inTurn = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> => {
  const done: R[] = [];
  for (const one of all) done.push(await work(one));
  return done;
};

/** At each rate, first all of them without the troubles and then all of them beside these. */
const compare = async (
  street: Street,
  apart: Apart,
  { rates, seconds }: NeighboursOptions,
): Promise<Pair[]> => {
  const at = (words: string) => (perSecond: number) => {
    street.print(`    ${perSecond} a second ${words}`);
    return measure(street, { name: `${words}-${perSecond}`, perSecond, seconds });
  };
  // The first messages find cold processes.
  await measure(street, { name: 'warm-up', perSecond: Math.max(...rates), seconds: 10 });
  const alone = await inTurn(rates, at('alone'));
  await makeTroubles(street, apart);
  const beside = await inTurn(rates, at('beside'));
  await apart.ask({ step: 'stop' });
  return rates.flatMap((perSecond, index) => {
    const [one, other] = [alone[index], beside[index]];
    return one && other ? [{ perSecond, alone: one, beside: other }] : [];
  });
};

/**
 * Measures in one run how long the messages of 17 quiet tenants wait, alone and beside four tenants in trouble: one floods,
 * one has systems that hang, one sends only invalid messages, one replays 50,000. Answers both times of each rate.
 */
export const runNeighbours = async (
  ground: Ground,
  options: NeighboursOptions,
  print: (line: string) => void,
): Promise<readonly Pair[]> => {
  const replaying = troubled.at(-1);
  if (!replaying) throw new Error('nobody replays');
  const operator = await newOperator(ground);
  const apart = await startApart({ quiet: quietTenants });
  const setting = await openSetting(ground, {
    tenants: quietTenants,
    beside: apart.declared,
    environment: operator.environment,
    direct: true,
    replicas: { gateway: 1, delivery: 1, monitoring: 1 },
  });
  const { gateways, database, tenants, systems } = setting;
  const doors = doorsAt(gateways);
  await apart.ask({ step: 'open', ways: { gateways, operators: operator.reach() } });
  const readers = startReaders({ doors, tenants, acts: systems.acts, random: randomFrom(3) });
  const street: Street = { setting, doors, print };
  try {
    print(`    ${parkedCount} meldingen are parked`);
    const { bodyKeyFile } = ground;
    await layDownParked({ database, bodyKeyFile, tenant: replaying, count: parkedCount });
    return await compare(street, apart, options);
  } finally {
    await readers.stop();
    await setting.close();
    await apart.close();
  }
};

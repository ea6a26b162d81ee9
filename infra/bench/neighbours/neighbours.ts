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
import { waitsOf, type Wait } from '#infra/load/waits.js';
import { startApart, type Apart } from './apart.js';
import { layDownParked } from './parked-rows.js';
import type { Time } from './table.js';
import { troubles } from './trouble.js';

export interface NeighboursOptions {
  /** Each of the two times. */
  readonly seconds: number;
  /** Messages that the applications of the quiet tenants send, together. */
  readonly perSecond: number;
}

const quietTenants = 17;
const parkedCount = 50_000;
const troubled = loadTenants(quietTenants + troubles.length).slice(quietTenants);
const catchUpMs = 60_000;

interface Street {
  readonly setting: Setting;
  readonly doors: Doors;
  readonly options: NeighboursOptions;
  readonly print: (line: string) => void;
}

/** The quiet tenants send for a while; answers how long each message waited until its system had acted. */
const measure = async (street: Street, name: string): Promise<Wait[]> => {
  const { setting, doors, options, print } = street;
  const { acts } = setting.systems;
  const random = randomFrom(name.length);
  const senders = new Senders({ doors, tenants: setting.tenants, random, name, ...options });
  senders.start();
  const progress = setInterval(
    () => print(`    ${senders.accepted} taken of the quiet, ${acts.list.length} done of all`),
    10_000,
  );
  await pause(options.seconds * 1_000);
  await senders.stop(catchUpMs);
  clearInterval(progress);
  const owed = (): number => owedOf(senders, acts.list);
  const deadline = performance.now() + catchUpMs;
  while (owed() > 0 && performance.now() < deadline) await pause(200);
  if (owed() > 0) print(`    ${owed()} messages of the quiet were not done within a minute`);
  return waitsOf(senders.sent, acts.list).filter(({ target }) => target !== 'meldpunt');
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

const besideTroubles = async (street: Street, apart: Apart): Promise<Time> => {
  for (const [index, { words }] of troubles.entries())
    street.print(`    ${troubled[index]?.id ?? ''}: ${words}`);
  await apart.ask({ step: 'prepare' });
  await apart.ask({ step: 'make' });
  const waits = await measure(street, 'beside');
  await apart.ask({ step: 'stop' });
  return { words: `beside ${troubles.length} in trouble`, waits };
};

/**
 * Measures in one run how long the messages of 17 quiet tenants wait, alone and beside four tenants in trouble: one floods,
 * one has systems that hang, one sends only invalid messages, one replays 50,000. Answers both times.
 */
export const runNeighbours = async (
  ground: Ground,
  options: NeighboursOptions,
  print: (line: string) => void,
): Promise<{ readonly alone: Time; readonly beside: Time }> => {
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
  const street: Street = { setting, doors, options, print };
  try {
    print(`    ${parkedCount} meldingen are parked`);
    const { bodyKeyFile } = ground;
    await layDownParked({ database, bodyKeyFile, tenant: replaying, count: parkedCount });
    // The first messages find cold processes.
    await measure({ ...street, options: { ...options, seconds: 10 } }, 'warm-up');
    print(`    ${tenants.length} tenants alone`);
    const alone = {
      words: `${tenants.length} tenants alone`,
      waits: await measure(street, 'alone'),
    };
    print('    and now beside');
    return { alone, beside: await besideTroubles(street, apart) };
  } finally {
    await readers.stop();
    await setting.close();
    await apart.close();
  }
};

import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from '#infra/chaos/ground.js';
import { openSetting, type Setting } from '#infra/chaos/setting.js';
import { doorsAt, type Doors } from '#infra/load/doors.js';
import { keyOf } from '#infra/load/ledger.js';
import { randomFrom } from '#infra/load/random.js';
import { startReaders } from '#infra/load/readers.js';
import { Senders } from '#infra/load/senders.js';
import type { LoadTenant } from '#infra/load/tenants.js';
import { waitsOf, type Wait } from '#infra/load/waits.js';
import { layDownParked } from './parked-rows.js';
import { tableOf, type Time } from './table.js';
import { troubles } from './trouble.js';

export interface NeighboursOptions {
  /** Each of the two times. */
  readonly seconds: number;
  /** Messages that the applications of the quiet tenants send, together. */
  readonly perSecond: number;
}

const quietTenants = 17;
const parkedCount = 50_000;
const catchUpMs = 60_000;

interface Street {
  readonly setting: Setting;
  readonly doors: Doors;
  readonly quiet: readonly LoadTenant[];
  readonly options: NeighboursOptions;
  readonly print: (line: string) => void;
}

/** The quiet tenants send for a while; answers how long each message waited until its system had acted. */
const measure = async (street: Street, name: string): Promise<Wait[]> => {
  const { setting, doors, quiet, options, print } = street;
  const { acts } = setting.systems;
  const random = randomFrom(name.length);
  const senders = new Senders({ doors, tenants: quiet, random, name, ...options });
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

const besideTroubles = async (street: Street, troubled: readonly LoadTenant[]): Promise<Time> => {
  const { setting, doors, print } = street;
  const stopping = new AbortController();
  const { systems, database } = setting;
  const random = randomFrom(7);
  const given = { doors, systems, database, random, signal: stopping.signal };
  const running = troubles.map(async ({ words, trouble }, index) => {
    const tenant = troubled[index];
    if (!tenant) throw new Error(`nobody is left for ${words}`);
    print(`    ${tenant.id}: ${words}`);
    await trouble(given, tenant);
  });
  const waits = await measure(street, 'beside');
  stopping.abort();
  await Promise.all(running);
  return { words: `beside ${troubled.length} in trouble`, waits };
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
  const setting = await openSetting(ground, {
    tenants: quietTenants + troubles.length,
    direct: true,
    replicas: { gateway: 1, delivery: 1, monitoring: 1 },
  });
  const doors = doorsAt(setting.gateways);
  const quiet = setting.tenants.slice(0, quietTenants);
  const troubled = setting.tenants.slice(quietTenants);
  const readers = startReaders({
    doors,
    tenants: setting.tenants,
    acts: setting.systems.acts,
    random: randomFrom(3),
  });
  const street: Street = { setting, doors, quiet, options, print };
  try {
    const replaying = troubled.at(-1);
    if (!replaying) throw new Error('nobody replays');
    print(`  ${parkedCount} meldingen are parked`);
    const { database } = setting;
    const { bodyKeyFile } = ground;
    await layDownParked({ database, bodyKeyFile, tenant: replaying, count: parkedCount });
    // The first messages find cold processes.
    await measure({ ...street, options: { ...options, seconds: 10 } }, 'warm-up');
    print(`  ${quiet.length} tenants alone`);
    const alone = { words: `${quiet.length} tenants alone`, waits: await measure(street, 'alone') };
    print('  and now beside');
    const beside = await besideTroubles(street, troubled);
    for (const line of tableOf(alone, beside)) print(`  ${line}`);
    return { alone, beside };
  } finally {
    await readers.stop();
    await setting.close();
  }
};

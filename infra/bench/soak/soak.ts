import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from '#infra/chaos/ground.js';
import type { Replica } from '#infra/chaos/replica.js';
import { openSetting, type Setting } from '#infra/chaos/setting.js';
import { doorsAt } from '#infra/load/doors.js';
import { randomFrom } from '#infra/load/random.js';
import { startReaders } from '#infra/load/readers.js';
import { Senders } from '#infra/load/senders.js';
import { growthOf, isSteady, tableOf, type Growth, type Sample } from './growth.js';

export interface SoakOptions {
  readonly minutes: number;
  /** Messages that the applications of all tenants send, together. */
  readonly perSecond: number;
}

const tenants = 12;
const sampleMs = 10_000;
const tellMs = 60_000;
const catchUpMs = 60_000;

const numberIn = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);

/** What a process says of its own memory; null while it does not answer. */
const sampleOf = async (port: number, atMs: number): Promise<Sample | null> => {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => null);
  const text = (await answer?.text().catch(() => '')) ?? '';
  const rssBytes = numberIn(text, 'process_resident_memory_bytes');
  const heapBytes = numberIn(text, 'nodejs_heap_size_used_bytes');
  return Number.isNaN(rssBytes + heapBytes) ? null : { atMs, rssBytes, heapBytes };
};

/** Writes down the memory of every process until it is stopped. */
class Scale {
  readonly samples = new Map<string, Sample[]>();
  readonly #replicas: ReadonlyMap<string, Replica>;
  readonly #begunAt = performance.now();

  constructor(replicas: ReadonlyMap<string, Replica>) {
    this.#replicas = replicas;
  }

  async weigh(): Promise<void> {
    const atMs = performance.now() - this.#begunAt;
    for (const [name, { internalPort }] of this.#replicas) {
      const sample = internalPort === undefined ? null : await sampleOf(internalPort, atMs);
      if (sample) this.samples.set(name, [...(this.samples.get(name) ?? []), sample]);
    }
  }
}

const weighFor = async (
  scale: Scale,
  senders: Senders,
  { minutes }: SoakOptions,
  print: (line: string) => void,
): Promise<void> => {
  const begunAt = performance.now();
  let toldAt = begunAt;
  while (performance.now() - begunAt < minutes * 60_000) {
    await pause(sampleMs);
    await scale.weigh();
    if (performance.now() - toldAt < tellMs) continue;
    toldAt = performance.now();
    const minute = Math.round((toldAt - begunAt) / 60_000);
    print(`    minute ${minute}: ${senders.accepted} messages taken`);
  }
};

/** What the soak showed. */
export interface Soaked {
  readonly growths: readonly Growth[];
  readonly messages: number;
  /** True where no process grew, ended or could not be weighed. */
  readonly steady: boolean;
}

const conclude = ({ replicas }: Setting, scale: Scale, messages: number): Soaked => {
  const growths = [...replicas.keys()].map((name) => growthOf(name, scale.samples.get(name) ?? []));
  const known = growths.filter((one) => one !== null);
  const once = [...replicas.values()].every(({ starts }) => starts === 1);
  const steady =
    once && known.length === replicas.size && known.every((one) => isSteady(one, messages));
  return { growths: known, messages, steady };
};

/**
 * Lets meldingen, additions, statuses, attachments, repeats, conflicts and invalid messages of 12 tenants pass for so many
 * minutes, to three systems each, one of them polled, and a postvak that is read; weighs every process meanwhile.
 */
export const runSoak = async (
  ground: Ground,
  options: SoakOptions,
  print: (line: string) => void,
): Promise<Soaked> => {
  const replicas = { gateway: 1, delivery: 1, monitoring: 1 };
  const setting = await openSetting(ground, { tenants, direct: true, replicas });
  const doors = doorsAt(setting.gateways);
  const { acts } = setting.systems;
  const readers = startReaders({ doors, tenants: setting.tenants, acts, random: randomFrom(3) });
  const { perSecond } = options;
  const random = randomFrom(5);
  const senders = new Senders({ doors, tenants: setting.tenants, random, name: 'soak', perSecond });
  const scale = new Scale(setting.replicas);
  try {
    print(`  ${perSecond} messages a second of ${tenants} tenants for ${options.minutes} minutes`);
    senders.start();
    await weighFor(scale, senders, options, print);
    await senders.stop(catchUpMs);
    const soaked = conclude(setting, scale, senders.accepted);
    for (const line of tableOf(soaked.growths, soaked.messages)) print(`  ${line}`);
    return soaked;
  } finally {
    await readers.stop();
    await setting.close();
  }
};

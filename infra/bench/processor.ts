import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts the time of a processor in hundredths of a second. */
const tickMs = 10;

interface Stat {
  readonly parent: number;
  readonly usedMs: number;
}

/** Of a process that still runs; null where it has ended, or where this is not Linux. */
const statOf = (pid: number): Stat | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1] ?? 0, usedMs: ((fields[11] ?? 0) + (fields[12] ?? 0)) * tickMs };
  } catch {
    return null;
  }
};

const processes = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** The process with these words in its command line, such as the folder of a server. */
export const processWith = (...words: readonly string[]): number | null => {
  const has = (pid: number): boolean => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return words.every((word) => command.includes(word));
    } catch {
      return false;
    }
  };
  return processes().find((pid) => pid !== process.pid && has(pid)) ?? null;
};

/** Milliseconds of processor that a process and its children that still run have used, but for those counted `apart`. */
const usedMs = (pid: number, apart: ReadonlySet<number>): number =>
  processes().reduce((sum, one) => {
    const stat = statOf(one);
    const counts = one === pid || (stat?.parent === pid && !apart.has(one));
    return stat && counts ? sum + stat.usedMs : sum;
  }, 0);

/** Counts what each of these processes uses from here on. */
export const meter = (pids: ReadonlyMap<string, number>) => {
  const apart = new Set(pids.values());
  const read = (): [string, number][] => [...pids].map(([name, pid]) => [name, usedMs(pid, apart)]);
  const before = new Map(read());
  return (): ReadonlyMap<string, number> =>
    new Map(read().map(([name, used]) => [name, used - (before.get(name) ?? 0)]));
};

/** What all processors of this machine have done so far, in ticks; what others than this machine were given of them is `taken`. */
const machineTicks = (): { idle: number; taken: number; all: number } => {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    // user nice system idle iowait irq softirq steal: what comes after is counted among these.
    const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
    const [, , , idle = 0, waiting = 0, , , taken = 0] = ticks;
    return { idle: idle + waiting, taken, all: ticks.reduce((sum, one) => sum + one, 0) };
  } catch {
    return { idle: 0, taken: 0, all: 0 };
  }
};

/** Shares from 0 to 1; both 0 where this is not Linux. */
export interface MachineUse {
  /** Of the processors that were there for this machine. */
  readonly busy: number;
  /** Of all, given to others than this machine: what was measured meanwhile says less. */
  readonly taken: number;
}

/** Measures from now on, until it is asked. */
export const watchMachine = (): (() => MachineUse) => {
  const before = machineTicks();
  return () => {
    const now = machineTicks();
    const all = now.all - before.all;
    const taken = now.taken - before.taken;
    const ours = all - taken;
    if (ours <= 0) return { busy: 0, taken: 0 };
    return { busy: 1 - (now.idle - before.idle) / ours, taken: taken / all };
  };
};

import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

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

/** Milliseconds that all processors of this machine have been there for us, and were idle. */
const machineMs = () =>
  cpus().reduce(
    ({ allMs, idleMs }, { times: { user, nice, sys, idle, irq } }) => ({
      allMs: allMs + user + nice + sys + idle + irq,
      idleMs: idleMs + idle,
    }),
    { allMs: 0, idleMs: 0 },
  );

/** Measures from now on; answers the share of its processors that the machine uses, from 0 to 1, until it is asked. */
export const watchMachine = (): (() => number) => {
  const before = machineMs();
  return () => {
    const { allMs, idleMs } = machineMs();
    return 1 - (idleMs - before.idleMs) / Math.max(1, allMs - before.allMs);
  };
};

import { readFileSync } from 'node:fs';

const kibPerMb = 1_024;

/** MiB that a process has in memory; 0 where it has ended, or where this is not Linux. */
export const residentMb = (pid: number): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / kibPerMb;
  } catch {
    return 0;
  }
};

/** Of each of these processes. */
export const residentOf = (pids: ReadonlyMap<string, number>): Map<string, number> =>
  new Map([...pids].map(([name, pid]) => [name, residentMb(pid)]));

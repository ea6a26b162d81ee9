import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCarry, type CarryOptions } from '../carry/carry.js';
import type { Servers } from '../bus.js';
import { usedByFile } from './profile.js';
import { linesOf } from './table.js';

/** Carries, and says of each process of ours which step its processor was at; what it took to start is in it. */
export const runSteps = async (
  servers: Servers,
  options: Omit<CarryOptions, 'profiles'>,
): Promise<string[]> => {
  const profiles = join(servers.folder, 'profiles');
  await mkdir(profiles, { recursive: true });
  const { messages, warmedUpBy } = await runCarry(servers, { ...options, profiles });
  return ['gateway', 'delivery', 'monitoring'].flatMap((role) =>
    linesOf(role, usedByFile(join(profiles, `${role}-1.cpuprofile`)), messages + warmedUpBy),
  );
};

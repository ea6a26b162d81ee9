import { execFile } from 'node:child_process';
import { findProgram } from '../bootstrap/programs.mjs';
import { parts } from '../bootstrap/packages.mjs';

/** A program of Prometheus or Alertmanager; throws with what to install where it is not there. */
export const programOf = (name: 'promtool' | 'prometheus' | 'amtool'): string => {
  const found = findProgram(name);
  if (found !== undefined) return found;
  const packages = parts.prometheus.packages.join(' ');
  throw new Error(
    `this test needs ${name}: apt-get install ${packages} (as root: node infra/bootstrap/install-packages.mjs)`,
  );
};

/** Runs one of them; answers its exit code and all that it said. */
export const run = (
  name: Parameters<typeof programOf>[0],
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((resolve) => {
    execFile(programOf(name), [...args], (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : Number(error !== null);
      resolve({ code, said: `${stdout}${stderr}` });
    });
  });

import type { Report } from './story.js';

const barWidth = 24;
const seconds = (sinceMs: number): string =>
  `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Phases with their count and time: a bar that grows on a terminal, elsewhere a line when a phase has ended. */
export interface Progress {
  readonly report: Report;
  readonly line: (words: string) => void;
  readonly end: () => void;
}

export const createProgress = (out: NodeJS.WriteStream): Progress => {
  let phase = '';
  let last = '';
  let startedAt = 0;
  const write = (text: string): void => void out.write(text);
  const finish = (): void => {
    if (last !== '') write(out.isTTY ? `\r\u001b[K${last}\n` : `${last}\n`);
    last = '';
    phase = '';
  };
  return {
    report: (name, done, total) => {
      if (name !== phase) {
        finish();
        phase = name;
        startedAt = performance.now();
      }
      const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
      const count = `${done}/${total}`.padStart(9);
      last = `  ${bar} ${count}  ${name.padEnd(36)} ${seconds(startedAt).padStart(8)}`;
      if (out.isTTY) write(`\r\u001b[K${last}`);
    },
    line: (words) => {
      finish();
      write(`  ${words}\n`);
    },
    end: finish,
  };
};

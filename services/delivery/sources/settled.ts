import { setTimeout as pause } from 'node:timers/promises';
import type { Line } from '../line.js';
import { inHandAt } from '../store/effects.js';
import { busyMs } from '../timing.js';
import type { Tools } from '../tools.js';

const lookMs = 100;

/**
 * Waits until what was in hand at the line has been settled, by whichever process: only then is known what an item that
 * was read meanwhile owes to us, so that our own update does not come back as news. Where an attempt ended without an
 * answer the next is waited for too, but not for long: one message in trouble does not stop what comes in.
 */
export const untilSettled = async (
  { database, timing }: Pick<Tools, 'database' | 'timing'>,
  line: Line,
): Promise<void> => {
  const read = (): Promise<readonly string[]> =>
    database.scoped(line.tenant, (trx) => inHandAt(trx, line, busyMs(timing)));
  let before = await read();
  while (before.length > 0) {
    await pause(lookMs);
    const now = new Set(await read());
    before = before.filter((message) => now.has(message));
  }
};

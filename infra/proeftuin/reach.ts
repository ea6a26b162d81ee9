import { setTimeout as pause } from 'node:timers/promises';

/** Also how often all environments of TOPdesk are read whole. */
const pauseMs = 1_000;
const standstillMs = 60_000;

/** Resolves when `count` reaches `total`, or has not moved for a minute: what is missing is told at the end. */
export const reach = async (
  total: number,
  count: () => number | Promise<number>,
  tell: (done: number) => void,
): Promise<void> => {
  let before = -1;
  let movedAt = performance.now();
  for (;;) {
    const done = await count();
    if (done !== before) {
      before = done;
      movedAt = performance.now();
      tell(done);
    }
    if (done >= total || performance.now() - movedAt > standstillMs) return;
    await pause(pauseMs);
  }
};

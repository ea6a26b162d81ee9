import { randomFillSync } from 'node:crypto';

const poolBytes = 4_096;
let pool = Buffer.alloc(0);
let used = 0;

/** A few random bytes, each given out once: the operating system is asked for many at a time. */
export const fewRandomBytes = (count: number): Buffer => {
  if (used + count > pool.length) {
    // A new one: what was given out stays as it is.
    pool = randomFillSync(Buffer.allocUnsafeSlow(poolBytes));
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
};

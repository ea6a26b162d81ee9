/** Messages per second while an order begins, or goes on; each rate lasts one step, up to the rate of the order. */
const ramp = [1, 2, 5, 10, 20, 50, 100, 200, 500] as const;

/** How long each rate of the ramp lasts. */
export const rampStepMs = 5_000;

/** How many messages an order of this rate may have released in this time since it began, in fractions. */
export const releasedIn = (elapsedMs: number, rate: number, stepMs = rampStepMs): number => {
  let leftMs = elapsedMs;
  let released = 0;
  for (const slow of ramp) {
    if (slow >= rate || leftMs <= 0) break;
    const spentMs = Math.min(leftMs, stepMs);
    released += (slow * spentMs) / 1_000;
    leftMs -= spentMs;
  }
  return released + (rate * Math.max(0, leftMs)) / 1_000;
};

/** How long an order of so many messages takes at this rate, where nothing stands in its way. */
export const secondsFor = (messages: number, rate: number): number => {
  let left = messages;
  let seconds = 0;
  for (const slow of ramp) {
    if (slow >= rate || left <= 0) break;
    const released = Math.min(left, (slow * rampStepMs) / 1_000);
    seconds += released / slow;
    left -= released;
  }
  return Math.ceil(seconds + left / rate);
};

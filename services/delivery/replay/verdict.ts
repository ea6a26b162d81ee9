import { stoppedNote } from '#parked/notes.js';
import type { Progress } from './store/outcomes.js';

/** Failures stop an order only once this many have ended or are failing, or the first few would decide. */
export const fewestToStop = 10;

/** Why an order is to stop; null where it may go on. What is being tried again counts as failing. */
export const stopReason = (
  { delivered, failed, retrying }: Progress,
  stopPercent: number,
): string | null => {
  const failing = failed + retrying;
  const all = delivered + failing;
  if (all < fewestToStop || failing * 100 <= stopPercent * all) return null;
  return stoppedNote(failing, all, stopPercent);
};

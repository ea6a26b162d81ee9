const minuteMs = 60_000;
const dayMs = 86_400_000;

/** From where on a line deserves a look, or is red. `docs/operate/overview.md` tells each with its reason. */
export const limits = {
  waitingMs: 15 * minuteMs,
  waitingLongMs: 4 * 60 * minuteMs,
  /** Nothing was delivered for so long while messages lie in the queue. */
  stuckMs: 10 * minuteMs,
  parkedInAnHour: 5,
  endingMs: 30 * dayMs,
  endingSoonMs: 7 * dayMs,
  /** Fewer each week at this hour are too few to miss. */
  usualToMiss: 10,
  /** Fewer in an hour say nothing of how quick a line is. */
  deliveredToJudge: 5,
} as const;

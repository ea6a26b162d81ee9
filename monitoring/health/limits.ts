const minuteMs = 60_000;
const dayMs = 86_400_000;

/** From where on a line is worth a look, or red. `docs/operate/overview.md` gives each with its reason. */
export const limits = {
  /** As many failures in a row as open the circuit of a line in `delivery`. */
  unansweredToBeAway: 5,
  waitingMs: 15 * minuteMs,
  waitingLongMs: 4 * 60 * minuteMs,
  /** Messages that lie in a queue of which nothing was delivered for ten minutes. */
  stuckInQueue: 1,
  parkedInAnHour: 5,
  endingMs: 30 * dayMs,
  endingSoonMs: 7 * dayMs,
  /** Fewer than this each week at this hour is too few to miss. */
  usualToMiss: 10,
  /** Of those that were delivered in the last hour; fewer say nothing of how quick a line is. */
  deliveredToJudge: 5,
} as const;

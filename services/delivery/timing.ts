import { rampStepMs } from '#parked/ramp.js';

/** How long things may take and how often they are looked at, in milliseconds. */
export interface Timing {
  /** One attempt, from the first stage to the last byte of the answer. */
  readonly sendDeadlineMs: number;
  /** After the deadline, until another may think that whoever had it in hand is gone. */
  readonly marginMs: number;
  /** Between two looks at what is due; what is put right in this process is looked at once. */
  readonly lookMs: number;
  /** Between two looks for what another process left behind. */
  readonly sweepMs: number;
  /** Between two probes of a line that the bus itself holds. */
  readonly probeMs: number;
  /**
   * How long a message stays in hand at a line that stands still, before it is written down as a row: less than the
   * broker's consumer timeout (30 minutes by default), which closes the channel.
   */
  readonly inHandMs: number;
  /** How long each rate of the ramp of a replay lasts. */
  readonly rampMs: number;
  /** Between two signs of life of a replica; after three that are missed the others do its work. */
  readonly beatMs: number;
  /** After its acceptance: until a question that fails is not asked again. Longer than anybody may wait for its answer (30 s). */
  readonly questionPatienceMs: number;
  /** After a stop: until what waits for PostgreSQL or the broker is given up, to come again elsewhere. */
  readonly giveUpMs: number;
}

export const timing: Timing = {
  sendDeadlineMs: 30_000,
  marginMs: 5_000,
  lookMs: 500,
  sweepMs: 15_000,
  probeMs: 180_000,
  inHandMs: 900_000,
  rampMs: rampStepMs,
  beatMs: 2_000,
  questionPatienceMs: 60_000,
  giveUpMs: 8_000,
};

const longestDeadlineSeconds = 300;

/**
 * The timing, with the deadline of an attempt from `LBBUS_SEND_DEADLINE_SECONDS` (1 to 300) where that is set. What was in
 * hand of a process that died is tried again that long, and a margin, after it was begun.
 */
export const timingFrom = (env: Readonly<Record<string, string | undefined>>): Timing => {
  const text = env['LBBUS_SEND_DEADLINE_SECONDS'];
  if (text === undefined || text === '') return timing;
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= longestDeadlineSeconds))
    throw new Error(
      `LBBUS_SEND_DEADLINE_SECONDS="${text}": give a number from 1 to ${longestDeadlineSeconds}`,
    );
  return { ...timing, sendDeadlineMs: seconds * 1_000 };
};

/** How long a message in hand is left to whoever took it. */
export const busyMs = ({ sendDeadlineMs, marginMs }: Timing): number => sendDeadlineMs + marginMs;

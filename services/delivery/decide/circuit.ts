import { longestWaitMs } from './backoff.js';

/** Failures in a row after which the queue is no longer drained. */
const failuresToOpen = 5;
const firstProbeMs = 5_000;
const longestProbeMs = 300_000;
/** Starts per second while a system that has come back is loaded again; each rate lasts `rampStepMs`. */
const ramp = [1, 2, 5, 10, 20, 50] as const;
const rampStepMs = 2_000;

/** What a line knows about the health of the system behind it. */
export type Circuit =
  | { readonly phase: 'closed'; readonly failures: number }
  | { readonly phase: 'open'; readonly openings: number; readonly probeAt: number }
  | {
      readonly phase: 'recovering';
      readonly openings: number;
      readonly step: number;
      readonly since: number;
    };

export const closed: Circuit = { phase: 'closed', failures: 0 };

/** The moment, in ms of any steady clock, with a chance (0 to 1) that spreads the probes. */
export interface Now {
  readonly ms: number;
  readonly chance: number;
}

/** As long as the system asks for, within reason. */
const askedMs = (retryAfterMs: number): number => Math.min(retryAfterMs, longestWaitMs);

const opened = (openings: number, { ms, chance }: Now, retryAfterMs: number): Circuit => {
  const distanceMs = Math.min(longestProbeMs, firstProbeMs * 2 ** (openings - 1));
  const waitMs = Math.max(distanceMs * (0.75 + 0.5 * chance), askedMs(retryAfterMs));
  return { phase: 'open', openings, probeAt: ms + Math.round(waitMs) };
};

/** What was on its way when it opened says nothing new, but how long the system wants to be left alone. */
const postponed = (circuit: Extract<Circuit, { phase: 'open' }>, until: number): Circuit =>
  until > circuit.probeAt ? { ...circuit, probeAt: until } : circuit;

/** The system could not be reached or asked for patience. */
export const afterFailure = (circuit: Circuit, now: Now, retryAfterMs = 0): Circuit => {
  if (circuit.phase === 'recovering') return opened(circuit.openings + 1, now, retryAfterMs);
  if (circuit.phase === 'open')
    return now.ms < circuit.probeAt
      ? postponed(circuit, now.ms + askedMs(retryAfterMs))
      : opened(circuit.openings + 1, now, retryAfterMs);
  const failures = circuit.failures + 1;
  return failures < failuresToOpen ? { phase: 'closed', failures } : opened(1, now, retryAfterMs);
};

/** The system answered, if only with a refusal. */
export const afterAnswer = (circuit: Circuit, { ms }: Pick<Now, 'ms'>): Circuit => {
  if (circuit.phase === 'closed') return circuit.failures === 0 ? circuit : closed;
  if (circuit.phase === 'open')
    return { phase: 'recovering', openings: circuit.openings, step: 0, since: ms };
  if (ms - circuit.since < rampStepMs) return circuit;
  const step = circuit.step + 1;
  return step < ramp.length ? { ...circuit, step, since: ms } : closed;
};

/** How many messages may be started per second. */
export const startsPerSecond = (circuit: Circuit): number => {
  if (circuit.phase === 'closed') return Infinity;
  return circuit.phase === 'open' ? 0 : (ramp[circuit.step] ?? 1);
};

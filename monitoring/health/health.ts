import type { Ending, LineFacts } from './facts.js';
import { limits } from './limits.js';

/** Worst first: in this order a line is called by its worst cause, and a tenant by its worst line. */
export const severities = ['bad', 'attention', 'fine', 'untried', 'off'] as const;
export type Severity = (typeof severities)[number];

/** Why a line is not simply fine; worst first within a severity. */
export const causeCodes = [
  'held',
  'away',
  'stuck',
  'parked-growing',
  'waiting-long',
  'ended',
  'held-by-operator',
  'recovering',
  'waiting',
  'unread',
  'parked',
  'ending',
  'slow',
  'silent',
] as const;
export type CauseCode = (typeof causeCodes)[number];

/** One reason, with what its sentence needs. */
export interface Cause {
  readonly code: CauseCode;
  readonly severity: 'bad' | 'attention';
  /** Messages that it concerns; for `slow` the p95 in seconds. */
  readonly count: number | null;
  /** Since when, or for what ends: until when. */
  readonly at: Date | null;
  /** A failure code, the name of an operator, of a secret or of a credential. */
  readonly what: string | null;
}

export interface Health {
  readonly severity: Severity;
  /** Worst first. */
  readonly causes: readonly Cause[];
}

/** What a line is judged by besides what is known of it. */
export interface Measure {
  readonly now: Date;
  /** Critical time that was agreed: 95 % of the messages are delivered within it. */
  readonly agreedMs: number;
}

type Rule = (facts: LineFacts, measure: Measure) => Cause | null;

const cause = (
  code: CauseCode,
  severity: Cause['severity'],
  more: Partial<Pick<Cause, 'count' | 'at' | 'what'>>,
): Cause => ({ code, severity, count: null, at: null, what: null, ...more });

const ageMs = (moment: Date | null, now: Date): number =>
  moment === null ? 0 : now.getTime() - moment.getTime();

const held: Rule = ({ hold, standing }) => {
  if (hold === null) return null;
  const count = standing.held;
  return hold.heldBy === 'bus'
    ? cause('held', 'bad', { count, at: hold.since, what: hold.code })
    : cause('held-by-operator', 'attention', { count, at: hold.since, what: hold.heldBy });
};

const away: Rule = ({ circuit, standing: { waiting, waitingCode }, queue }) => {
  if (circuit === null) return null;
  const count = waiting + (queue.messages ?? 0);
  return circuit.phase === 'open'
    ? cause('away', 'bad', { count, at: circuit.since, what: waitingCode })
    : cause('recovering', 'attention', { count, at: circuit.since });
};

/** The bus itself does not take what lies ready: nothing else explains it. */
const stuck: Rule = ({ hold, circuit, queue, traffic: { movedAt } }, { now }) => {
  if (hold || circuit || queue.since === null) return null;
  const still = movedAt !== null && movedAt > queue.since ? movedAt : queue.since;
  if (ageMs(still, now) < limits.stuckMs) return null;
  return cause('stuck', 'bad', { count: queue.messages, at: still });
};

const parked: Rule = ({ standing: { parked, parkedLastHour, parkedAt, parkedCode } }) => {
  if (parked === 0) return null;
  const more = { at: parkedAt, what: parkedCode };
  return parkedLastHour >= limits.parkedInAnHour
    ? cause('parked-growing', 'bad', { ...more, count: parkedLastHour })
    : cause('parked', 'attention', { ...more, count: parked });
};

/** Where the line is held or away, that says why they wait. */
const waiting: Rule = ({ hold, circuit, standing }, { now }) => {
  const { waiting, waitingSince, waitingCode } = standing;
  const waitedMs = ageMs(waitingSince, now);
  if (hold || circuit || waiting === 0 || waitedMs < limits.waitingMs) return null;
  const more = { count: waiting, at: waitingSince, what: waitingCode };
  return waitedMs >= limits.waitingLongMs
    ? cause('waiting-long', 'bad', more)
    : cause('waiting', 'attention', more);
};

/** A line that is known to be away or held is not polled either. */
const unread: Rule = ({ failedPoll, hold, circuit }) =>
  failedPoll === null || hold !== null || circuit !== null
    ? null
    : cause('unread', 'attention', { at: failedPoll.at, what: failedPoll.code });

/** What is left of a secret, certificate or credential; null while that is long enough. */
export const endingCause = ({ name, at }: Ending, now: Date): Cause | null => {
  const leftMs = -ageMs(at, now);
  if (leftMs > limits.endingMs) return null;
  const severity = leftMs <= limits.endingSoonMs ? 'bad' : 'attention';
  return cause(leftMs <= 0 ? 'ended' : 'ending', severity, { at, what: name });
};

const ending: Rule = ({ endings }, { now }) => {
  const [first] = [...endings].sort((one, other) => one.at.getTime() - other.at.getTime());
  return first ? endingCause(first, now) : null;
};

const slow: Rule = ({ traffic: { p95Ms, deliveredLastHour } }, { agreedMs }) =>
  p95Ms !== null && p95Ms > agreedMs && deliveredLastHour >= limits.deliveredToJudge
    ? cause('slow', 'attention', { count: Math.round(p95Ms / 1_000) })
    : null;

/** Each of the last four weeks something came in that hour, and now nothing; not where something else explains it. */
const silent: Rule = ({ hold, circuit, standing, queue, traffic }) => {
  const stands = hold !== null || circuit !== null || standing.waiting > 0 || !!queue.messages;
  if (stands || traffic.deliveredRecently > 0 || traffic.usual < limits.usualToMiss) return null;
  return cause('silent', 'attention', { count: traffic.usual, at: traffic.movedAt });
};

const rules: readonly Rule[] = [held, away, stuck, parked, waiting, unread, ending, slow, silent];

const place = ({ code, severity }: Cause): number =>
  severities.indexOf(severity) * causeCodes.length + causeCodes.indexOf(code);

const worstFirst = (causes: readonly Cause[]): Cause[] =>
  [...causes].sort((one, other) => place(one) - place(other));

/** The health of a line from all that is known of it; one that is switched off is off, whatever it left behind. */
export const healthOf = (facts: LineFacts, measure: Measure): Health => {
  if (!facts.enabled) return { severity: 'off', causes: [] };
  const causes = worstFirst(rules.flatMap((rule) => rule(facts, measure) ?? []));
  const [worst] = causes;
  if (worst) return { severity: worst.severity, causes };
  return { severity: facts.traffic.deliveredLastDay > 0 ? 'fine' : 'untried', causes };
};

/** A tenant is as its worst line; without a line nothing was tried. */
export const worstOf = (healths: readonly Pick<Health, 'severity'>[]): Severity => {
  const places = healths.map(({ severity }) => severities.indexOf(severity));
  return severities[Math.min(...places)] ?? 'untried';
};

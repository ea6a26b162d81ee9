import { grouped } from '#infra/load/ledger.js';
import { quantileMs, type Wait } from '#infra/load/waits.js';
import type { Episode } from './course.js';
import { isShared } from './plan.js';

/** How long after a shared fault was healed a message may still feel it: processes connect again, lanes empty. */
export const recoveryMs = 15_000;
/** A tenant counts as healthy again this long after its own system was: the circuit ramps up. */
const tenantRecoveryMs = 30_000;
/** With fewer messages than this nothing is said of a tenant; in the quiet time that of all tenants stands in for its own. */
const fewest = 10;
/** At first everything is slow: code is compiled, connections are made. */
const warmUpMs = 10_000;
/**
 * Below this nothing is compared: on a machine that is loaded by other things too, such a wait is noise. Whatever the bus
 * itself makes others wait for a tenant in trouble would be longer: an attempt at a silent system takes five seconds.
 */
export const noiseMs = 4_000;
/** A message may wait this long besides the time in which something shared was broken. */
const longestClearMs = 120_000;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const overlaps = (one: Span, other: Span): boolean =>
  one.fromMs < other.toMs && other.fromMs < one.toMs;

/** Without gaps and overlaps, in order. */
const union = (spans: readonly Span[]): Span[] => {
  const merged: { fromMs: number; toMs: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs);
    else merged.push({ ...span });
  }
  return merged;
};

/** How long a message waited while nothing shared was broken. */
const clearMs = ({ fromMs, toMs }: Span, broken: readonly Span[]): number =>
  broken.reduce(
    (left, span) => left - Math.max(0, Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs)),
    toMs - fromMs,
  );

export interface Waiting {
  /** Per tenant that had enough messages: its p95 without faults, and while only others had faults. */
  readonly compared: readonly {
    readonly tenant: string;
    readonly quietMs: number;
    readonly besideMs: number;
  }[];
  /** Of messages of healthy tenants that met a shared fault: p95 and longest, the time of the faults taken off. */
  readonly recovery: { readonly count: number; readonly p95Ms: number; readonly longestMs: number };
  readonly differences: readonly string[];
}

export interface Times {
  /** The load began. */
  readonly beganMs: number;
  /** Until then nothing was broken. */
  readonly quietUntilMs: number;
  readonly episodes: readonly Episode[];
  /** The tenants of the plan by number. */
  readonly tenants: readonly { readonly id: string }[];
}

const troubleOf = ({ episodes, tenants }: Times): ReadonlyMap<string, readonly Span[]> => {
  const ofSystems = episodes.flatMap(({ fault, fromMs, toMs }) =>
    fault.kind === 'system'
      ? [{ tenant: tenants[fault.tenant]?.id ?? '', fromMs, toMs: toMs + tenantRecoveryMs }]
      : [],
  );
  return grouped(ofSystems, ({ tenant }) => tenant);
};

/**
 * Compares how long messages of healthy tenants waited. Healthy: no system of the tenant was broken from the call until
 * the act, nor within half a minute before. Of those, what met no shared fault (nor the 15 s after one) must have a p95
 * of at most twice that of the same tenant in the quiet time; what met one must be done within two minutes besides it.
 */
export const waitingOf = (waits: readonly Wait[], times: Times): Waiting => {
  const trouble = troubleOf(times);
  const shared = times.episodes.filter(({ fault }) => isShared(fault));
  const broken = union(shared);
  const felt = union(broken.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs + recoveryMs })));
  const healthy = waits.filter(
    (wait) => !trouble.get(wait.tenant)?.some((span) => overlaps(wait, span)),
  );
  const calm = healthy.filter((wait) => !felt.some((span) => overlaps(wait, span)));
  const undisturbed = calm.filter(
    ({ fromMs, toMs }) => fromMs >= times.beganMs + warmUpMs && toMs <= times.quietUntilMs,
  );
  const ofAllMs = quantileMs(undisturbed, 0.95);
  const quiet = grouped(undisturbed, ({ tenant }) => tenant);
  const beside = grouped(
    calm.filter(({ fromMs }) => fromMs > times.quietUntilMs),
    ({ tenant }) => tenant,
  );
  const compared = [...beside]
    .filter(([, later]) => later.length >= fewest)
    .map(([tenant, later]) => {
      const before = quiet.get(tenant) ?? [];
      const quietMs = before.length < fewest ? ofAllMs : quantileMs(before, 0.95);
      return { tenant, quietMs, besideMs: quantileMs(later, 0.95) };
    });
  const clear = healthy
    .filter((wait) => felt.some((span) => overlaps(wait, span)))
    .map(({ tenant, target, ...span }) => ({
      tenant,
      target,
      fromMs: 0,
      toMs: clearMs(span, broken),
    }));
  const recovery = {
    count: clear.length,
    p95Ms: quantileMs(clear, 0.95),
    longestMs: quantileMs(clear, 1),
  };
  return {
    compared,
    recovery,
    differences: [
      ...compared
        .filter(({ quietMs, besideMs }) => besideMs > Math.max(noiseMs, 2 * quietMs))
        .map(
          ({ tenant, quietMs, besideMs }) =>
            `slow: ${tenant}, whose systems were healthy, waited ${besideMs} ms (p95), ${quietMs} ms in the quiet time`,
        ),
      ...(recovery.longestMs > longestClearMs
        ? [`slow: a message of a healthy tenant waited ${recovery.longestMs} ms besides the faults`]
        : []),
    ],
  };
};

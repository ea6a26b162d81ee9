import { keyOf, type Act, type Sent } from './ledger.js';

/** How long a message waited for one target: from the call that was answered 202 until the system acted. */
export interface Wait {
  readonly tenant: string;
  readonly target: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The waits of all that was taken and done. */
export const waitsOf = (sent: readonly Sent[], acts: readonly Act[]): Wait[] => {
  const taken = new Map(
    sent.flatMap(({ tenant, outcome }) =>
      outcome.kind === 'accepted' ? [[keyOf(tenant, outcome.id), outcome.atMs] as const] : [],
    ),
  );
  return acts.flatMap(({ tenant, target, message, atMs }) => {
    const fromMs = taken.get(keyOf(tenant, message));
    return fromMs === undefined ? [] : [{ tenant, target, fromMs, toMs: Math.max(fromMs, atMs) }];
  });
};

/** The wait that a share of all (0.95: p95) do not exceed, in ms; 0 where there is none. */
export const quantileMs = (waits: readonly Wait[], share: number): number => {
  const sorted = waits.map(({ fromMs, toMs }) => toMs - fromMs).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
};

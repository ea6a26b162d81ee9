/** From this difference on servers refuse what was signed or dated here. */
const tolerableMs = 60_000;

/** Where what we show of ourselves has a time in it that the other side may not take. */
const aboutTime: ReadonlySet<number> = new Set([400, 401, 403]);

interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** How much the clock of the other side differs from ours, for an operator who wonders why it refuses; else nothing. */
export const clockWords = ({ status, headers }: Refusal, nowMs: number): string => {
  const differsMs = Date.parse(headers['date'] ?? '') - nowMs;
  if (!aboutTime.has(status) || !(Math.abs(differsMs) > tolerableMs)) return '';
  const seconds = Math.round(Math.abs(differsMs) / 1000);
  return ` (its clock is ${seconds} s ${differsMs > 0 ? 'ahead of' : 'behind'} ours)`;
};

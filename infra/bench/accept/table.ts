import type { Accepted, Door } from './accept.js';

const goals = { ofFloor: 0.7, batch: 3, p99Ms: 25 };

const line = (name: string, { perSecond, p50, p99 }: Door): string => {
  const { median, least, most } = perSecond;
  const rate = `${Math.round(median)} per second (${Math.round(least)} to ${Math.round(most)})`;
  return `${name.padEnd(10)}${rate.padEnd(40)}at half of it p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
};

/** Ratios, which count: machines differ. */
export const ratiosOf = ({ floor, gateway, batched }: Accepted) => ({
  ofFloor: gateway.perSecond.median / floor.perSecond.median,
  batch: batched / gateway.perSecond.median,
});

/** True where the goals are met. */
export const meetsGoals = (accepted: Accepted): boolean => {
  const { ofFloor, batch } = ratiosOf(accepted);
  const { p99 } = accepted.gateway;
  return (
    accepted.failed === 0 && ofFloor >= goals.ofFloor && batch >= goals.batch && p99 <= goals.p99Ms
  );
};

/** What was accepted, for people. */
export const linesOf = (accepted: Accepted): string[] => {
  const { ofFloor, batch } = ratiosOf(accepted);
  return [
    line('floor', accepted.floor),
    line('gateway', accepted.gateway),
    `gateway / floor ${ofFloor.toFixed(2)} (goal ${goals.ofFloor}), batches / single ${batch.toFixed(1)} (goal ${goals.batch}), p99 goal ${goals.p99Ms} ms`,
    ...(accepted.failed > 0 ? [`${accepted.failed} requests were answered otherwise`] : []),
  ];
};

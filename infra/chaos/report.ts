import { quantileMs } from '#infra/load/waits.js';
import { noiseMs } from './healthy.js';
import type { Plan } from './plan.js';
import type { Findings, RunOptions } from './run.js';

const mostShown = 40;

const countsOf = (names: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, 1 + (counts.get(name) ?? 0));
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(', ');
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const ledgerLines = ({ ledgers, answers, repeats }: Findings): string[] => {
  const { sent, acts, kept } = ledgers;
  const of = (kind: string): number => sent.filter(({ outcome }) => outcome.kind === kind).length;
  const standings = kept.flatMap((one) => one.standings);
  return [
    `applications: ${of('accepted')} taken (202), ${of('refused')} refused as they had to be, ${of('unanswered')} without an answer`,
    `the door answered: ${[...answers].map(([status, count]) => `${count} × ${status || 'nothing'}`).join(', ')}`,
    `the bus: ${kept.length} messages, ${countsOf(standings.map(({ status }) => status))}`,
    `the systems: ${acts.length} acts, ${repeats} repeats recognised`,
  ];
};

const waitingLines = ({ waits, waiting, drainMs }: Findings): string[] => {
  const { compared, recovery } = waiting;
  const worst = compared.reduce((most, { besideMs }) => Math.max(most, besideMs), 0);
  const quiet = compared.reduce((most, { quietMs }) => Math.max(most, quietMs), 0);
  return [
    `waiting: ${quantileMs(waits, 0.5)} ms (p50), ${quantileMs(waits, 0.95)} ms (p95) over all`,
    `healthy tenants while only others had faults: ${compared.length} compared, highest p95 ${worst} ms; in the quiet time ${quiet} ms`,
    ...(quiet > noiseMs
      ? [
          '  (the machine was busy with other things already in the quiet time: that comparison says little)',
        ]
      : []),
    `healthy tenants through shared faults: ${recovery.count} messages, besides the faults ${recovery.p95Ms} ms (p95), ${recovery.longestMs} ms at most`,
    `empty ${seconds(drainMs)} after the last message`,
  ];
};

/** What a run prints at its end. */
export const reportOf = (options: RunOptions, plan: Plan, findings: Findings): string[] => {
  const { episodes } = findings.course;
  const { differences } = findings;
  return [
    '',
    `seed ${options.seed}, ${options.minutes} minutes, ${options.tenants} tenants × 4 connectors, broker of ${options.nodes} ${options.nodes === 1 ? 'node' : 'nodes'}`,
    `faults: ${episodes.length} of ${plan.faults.length} planned: ${countsOf(episodes.map(({ fault }) => ('trouble' in fault ? fault.trouble : fault.kind)))}`,
    `processes started ${findings.starts} times`,
    ...ledgerLines(findings),
    ...waitingLines(findings),
    '',
    differences.length === 0
      ? 'Nothing differs.'
      : `${differences.length} DIFFERENCES (repeat with --seed ${options.seed}):`,
    ...differences.slice(0, mostShown).map((line) => `  - ${line}`),
    ...(differences.length > mostShown ? [`  … and ${differences.length - mostShown} more`] : []),
  ];
};

import type { Command } from 'commander';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';

interface Step {
  readonly at: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly durationMs: number;
  readonly detail: string | null;
  readonly calls: readonly {
    readonly method: string;
    readonly status: string;
    readonly durationMs: number;
  }[];
}

interface Relative {
  readonly tenant: string;
  readonly id: string;
  readonly type: string;
  readonly status: string;
}

/** What becomes of a message, as monitoring tells it. */
export interface Trace {
  readonly tenant: string;
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly senderId: string;
  readonly source: string;
  readonly subject: string;
  readonly acceptedAt: string;
  readonly targets: readonly {
    readonly target: string;
    readonly status: string;
    readonly externalId: string | null;
    readonly nextAttemptAt: string | null;
    readonly standing: {
      readonly behind: { readonly id: string } | null;
      readonly hold: { readonly detail: string; readonly since: string } | null;
    } | null;
    readonly steps: readonly Step[];
  }[];
  readonly family: readonly Relative[];
  readonly systems: readonly { readonly target: string; readonly externalId: string }[];
  readonly handedOver: { readonly from: Relative | null; readonly to: readonly Relative[] };
}

const stepLines = ({ at, outcome, code, durationMs, detail, calls }: Step): string[] => [
  `    ${[at, outcome, code, `${durationMs} ms`, detail].filter((part) => part !== null).join('  ')}`,
  ...calls.map((call) => `      ${call.method} ${call.status}  ${call.durationMs} ms`),
];

const targetLines = (target: Trace['targets'][number]): string[] => [
  `  ${[
    `${target.target}: ${target.status}`,
    ...(target.externalId === null ? [] : [`as ${target.externalId}`]),
    ...(target.nextAttemptAt === null ? [] : [`next attempt ${target.nextAttemptAt}`]),
    ...(target.standing?.behind ? [`behind ${target.standing.behind.id}`] : []),
    ...(target.standing?.hold
      ? [`held since ${target.standing.hold.since}: ${target.standing.hold.detail}`]
      : []),
  ].join(', ')}`,
  ...target.steps.flatMap(stepLines),
];

const relativeWords = ({ tenant, id, type, status }: Relative): string =>
  `${tenant} ${id}  ${type}  ${status}`;

/** A trace as a person reads it: the message, its targets with every attempt, what hangs together with it. */
export const traceWords = (trace: Trace): string => {
  const { family, systems, handedOver } = trace;
  const relatives = family.filter(({ id }) => id !== trace.id);
  const { from, to } = handedOver;
  return [
    `${trace.tenant} ${trace.id}  ${trace.status}`,
    `  ${trace.type} ${trace.senderId} from ${trace.source}`,
    `  about ${trace.subject}`,
    `  accepted ${trace.acceptedAt}`,
    ...(trace.targets.length === 0 ? ['  no target'] : trace.targets.flatMap(targetLines)),
    ...systems.map(({ target, externalId }) => `  known in ${target} as ${externalId}`),
    ...relatives.map((one) => `  hangs together with ${relativeWords(one)}`),
    ...(from ? [`  taken over from ${relativeWords(from)}`] : []),
    ...to.map((one) => `  handed over to ${relativeWords(one)}`),
  ].join('\n');
};

/** Adds `lb-bus trace`: tells what becomes of a message of any tenant, and why. */
export const traceCommand = (program: Command): void => {
  withOperator(program.command('trace'))
    .description('tell what becomes of a message and why, with every attempt and what was asked')
    .argument('<tenant>', 'whose message')
    .argument('<id>', 'id of the message on the bus')
    .action(async (tenant: string, id: string, options: OperatorOptions) => {
      const path = `/messages/${encodeURIComponent(tenant)}/${encodeURIComponent(id)}`;
      const trace = await askMonitoring<Trace>(options, path);
      print(options, trace, () => traceWords(trace));
    });
};

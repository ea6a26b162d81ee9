import type { Command } from 'commander';
import { columns, counted } from './columns.js';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';

interface Standing {
  readonly tenant: string;
  readonly target: string;
  readonly enabled: boolean;
  readonly waiting: number;
  readonly held: number;
  readonly nextAt: string | null;
  readonly reasons: readonly {
    readonly code: string;
    readonly cause: string;
    readonly messages: number;
  }[];
  readonly hold: {
    readonly detail: string;
    readonly heldBy: string;
    readonly since: string;
  } | null;
  readonly circuit: {
    readonly phase: 'open' | 'recovering';
    readonly since: string;
    readonly probeAt: string | null;
  } | null;
}

const holdLines = ({ hold }: Standing): string[] =>
  hold ? [`  held by ${hold.heldBy} since ${hold.since}: ${hold.detail}`] : [];

const circuitLines = ({ circuit }: Standing): string[] => {
  if (!circuit) return [];
  const probe = circuit.probeAt === null ? '' : `; next probe ${circuit.probeAt}`;
  return [
    circuit.phase === 'open'
      ? `  does not answer since ${circuit.since}${probe}`
      : '  answers again, and is loaded slowly',
  ];
};

const countsOf = ({ waiting, held, nextAt, enabled }: Standing): string =>
  [
    ...(enabled ? [] : ['switched off']),
    ...(waiting > 0 ? [`${waiting} waiting${nextAt === null ? '' : `, next ${nextAt}`}`] : []),
    ...(held > 0 ? [`${held} held`] : []),
  ].join('; ');

const lineWords = (line: Standing): string =>
  [
    `${line.tenant}/${line.target}  ${countsOf(line)}`.trimEnd(),
    ...holdLines(line),
    ...circuitLines(line),
    ...(line.reasons.length === 0
      ? []
      : [
          columns(
            line.reasons.map(({ messages, code, cause }) => [String(messages), code, cause]),
            '  ',
          ),
        ]),
  ].join('\n');

/** How lines stand, as a person reads it. */
export const standingWords = (lines: readonly Standing[]): string =>
  lines.length === 0
    ? 'Nothing waits, and nothing is held.'
    : [...lines.map(lineWords), counted(lines.length, 'line')].join('\n');

interface HoldOptions extends OperatorOptions {
  readonly reason: string;
}

const pathOf = (tenant: string, target: string): string =>
  `/holds/${encodeURIComponent(tenant)}/${encodeURIComponent(target)}`;

const withLine = (command: Command): Command =>
  withOperator(command)
    .argument('<tenant>', 'the tenant')
    .argument('<connector>', 'name of one of its connectors')
    .requiredOption('--reason <text>', 'why; it is recorded with your name');

/** Adds `lb-bus waiting`, `hold` and `release`: what stands still, and lets lines stand still or go on. */
export const linesCommands = (program: Command): void => {
  withOperator(program.command('waiting'))
    .description('show what waits and until when, what is held, and which systems do not answer')
    .action(async (options: OperatorOptions) => {
      const { lines } = await askMonitoring<{ lines: Standing[] }>(options, '/lines');
      print(options, lines, () => standingWords(lines));
    });
  withLine(program.command('hold'))
    .description('let a connector of a tenant stand still until it is released')
    .action(async (tenant: string, target: string, options: HoldOptions) => {
      const { reason } = options;
      await askMonitoring(options, pathOf(tenant, target), { method: 'POST', body: { reason } });
      print(options, { tenant, target, held: true }, () => `${tenant}/${target} is held.`);
    });
  withLine(program.command('release'))
    .description('let what is held go on, in order')
    .action(async (tenant: string, target: string, options: HoldOptions) => {
      const { reason } = options;
      await askMonitoring(options, pathOf(tenant, target), { method: 'DELETE', body: { reason } });
      print(options, { tenant, target, held: false }, () => `${tenant}/${target} goes on.`);
    });
};

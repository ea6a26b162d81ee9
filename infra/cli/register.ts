import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { askMonitoring, withOperator, type OperatorOptions } from './operator.js';

/** What an export tells of each question, in this order. */
const fields = [
  'id',
  'askedAt',
  'endedAt',
  'message',
  'reference',
  'service',
  'target',
  'connector',
  'operation',
  'type',
  'application',
  'official',
  'capacity',
  'verwerking',
  'outcome',
  'code',
  'about',
  'found',
] as const;

type Line = Readonly<Record<(typeof fields)[number], string | readonly string[] | null>>;

interface Page {
  readonly consultations: readonly Line[];
  readonly next: string | null;
}

interface ExportOptions extends OperatorOptions {
  readonly tenant: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly about?: boolean;
}

/** A cell that a spreadsheet does not take for a formula. */
const cell = (value: Line[keyof Line]): string => {
  const words = value === null ? '' : typeof value === 'string' ? value : value.join(' ');
  const shown = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
};

/** RFC 4180. */
const csvLine = (line: Line): string => fields.map((field) => cell(line[field])).join(',');

const formats = {
  csv: { head: `${fields.join(',')}\r\n`, line: (line: Line) => `${csvLine(line)}\r\n` },
  jsonl: { head: '', line: (line: Line) => `${JSON.stringify(line)}\n` },
};

const numberOnInput = async (): Promise<string> => {
  const number = (await text(process.stdin)).trim();
  if (number === '') throw new Error('--about reads the number from standard input: it was empty');
  return number;
};

const exportRegister = async (options: ExportOptions): Promise<void> => {
  const { tenant, from, to, reason } = options;
  const { head, line } = options.json === true ? formats.jsonl : formats.csv;
  const about = options.about === true ? { about: await numberOnInput() } : {};
  for (let cursor: string | null = '', written = head; cursor !== null; written = '') {
    const page: Page = await askMonitoring<Page>(options, '/consultations/readings', {
      method: 'POST',
      body: { tenant, from, to, reason, ...about, ...(cursor !== '' && { cursor }) },
    });
    process.stdout.write(written + page.consultations.map(line).join(''));
    cursor = page.next;
  }
};

/** Adds `lb-bus register export`: what a tenant asked authentic sources, for its supervisor. */
export const registerCommand = (program: Command): void => {
  const register = program
    .command('register')
    .description('the register of questions to authentic sources');
  withOperator(register.command('export'))
    .description(
      'write what a tenant asked in a period, as CSV or with --json as JSON lines; that is recorded',
    )
    .requiredOption('-t, --tenant <tenant>', 'whose questions')
    .requiredOption('--from <moment>', 'asked at or after: 2026-01-01, or with the time')
    .requiredOption('--to <moment>', 'asked before')
    .requiredOption('--reason <text>', 'why; it is recorded with your name')
    .option('--about', 'only about the person or organisation whose number is on standard input')
    .action((options: ExportOptions) => exportRegister(options));
};

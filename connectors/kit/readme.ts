import type { Connector, FailureTable } from './definition.js';
import type { Accepts } from './message.js';

const sentenceOf: Readonly<Record<string, string>> = {
  idempotent: 'The other side ignores a repeat.',
  'by-reference': 'Looked up first; done once.',
  'may-repeat': 'A repeat acts again; the trace says so.',
};

const banner = '<!-- Generated from the definition by `npm run generate`; do not edit. -->';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A Markdown table; empty text where there are no rows. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
};

interface Field {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Field>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly format?: string;
  readonly description?: string;
  readonly writeOnly?: boolean;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

const rangeOf = ({ minimum, maximum }: Field): string =>
  minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}–${maximum ?? ''}`;

const typeOf = (field: Field): string => {
  if (field.writeOnly) return 'secret';
  if (field.properties) return 'group';
  if (field.type === 'object') return 'table';
  return `${field.format ?? field.type ?? 'value'}${rangeOf(field)}`;
};

const defaultOf = (field: Field, required: boolean): string => {
  if (field.default === undefined) return required ? 'required' : 'optional';
  const text = JSON.stringify(field.default);
  return text.length > 60 ? 'see the definition' : `\`${text}\``;
};

/** A row for each field; those of a group follow it, with its name in front. */
const fieldRows = ({ properties = {}, required = [] }: Field, group = ''): string[][] =>
  Object.entries(properties).flatMap(([name, field]) => [
    [
      `\`${group}${name}\``,
      typeOf(field),
      defaultOf(field, required.includes(name)),
      field.description ?? '',
    ],
    ...fieldRows(field, `${group}${name}.`),
  ]);

const settingsTable = ({ settings }: Connector): string =>
  markdownTable(['setting', 'kind', 'default', 'meaning'], fieldRows(settings));

const proposalText = (connector: Connector): string =>
  connector.propose !== undefined
    ? '\n\n`lb-bus propose` reads from the system what some of them could be.'
    : '';

const accepted = (accepts: Accepts<unknown>): string =>
  accepts === 'any' ? 'every type' : `\`${accepts.type}\``;

const interfaceText = ({ interface: { protocol, carries } }: Connector): string =>
  protocol === 'bus' ? `Within this bus: ${carries}.` : `${protocol}: ${carries}.`;

const operationsTable = ({ operations }: Connector): string =>
  markdownTable(
    ['operation', 'message', 'what it does', 'answer', 'when it comes again'],
    Object.entries(operations).map(([name, { accepts, summary, answers, redelivery }]) => [
      `\`${name}\``,
      accepted(accepts),
      summary,
      answers ? `\`${answers.type}\`` : '–',
      sentenceOf[redelivery] ?? redelivery,
    ]),
  );

const sourcesTable = ({ sources }: Connector): string =>
  markdownTable(
    ['source', 'message', 'what it does', 'how'],
    Object.entries(sources ?? {}).map(([name, { emits, summary, poll, webhook }]) => [
      `\`${name}\``,
      `\`${emits.type}\``,
      summary,
      [...(poll ? ['polled'] : []), ...(webhook ? ['webhook'] : [])].join(', '),
    ]),
  );

/** HTTP statuses with what the bus does about them. */
export const failureTable = (table: FailureTable): string =>
  markdownTable(
    ['HTTP status', 'verdict', 'code'],
    Object.entries(table).map(([status, [verdict, code]]) => [status, verdict, `\`${code}\``]),
  );

const errorsTable = ({ errors }: Connector): string =>
  markdownTable(
    ['error', 'what it says', 'verdict', 'code'],
    Object.entries(errors?.table ?? {}).map(([error, { verdict, code, meaning }]) => [
      `\`${error}\``,
      meaning,
      verdict,
      `\`${code}\``,
    ]),
  );

const failuresText = (connector: Connector): string => {
  const tables = [errorsTable(connector), failureTable(connector.failures ?? {})];
  const rest = 'Every other status: [failure codes](../../docs/reference/failure-codes.md).';
  return [...tables.filter((table) => table !== ''), rest].join('\n\n');
};

const section = (title: string, content: string): string[] =>
  content === '' ? [] : [`## ${title}`, content];

const simulatorText = ({ simulator }: Connector): string => {
  if (!simulator) return '';
  const drivers = Object.keys(simulator.drivers ?? {}).map((name) => `\`${name}\``);
  const driven = drivers.length === 0 ? '' : `\n\nDrivers: ${drivers.join(', ')}.`;
  return `As strict as: ${simulator.source}.${driven}`;
};

/** The README of a connector, from nothing but its definition. */
export const readmeOf = (connector: Connector): string => {
  const parts = [
    `# ${connector.title}`,
    banner,
    connector.summary,
    `Documentation: ${connector.docs.startsWith('http') ? `<${connector.docs}>` : `[${connector.docs}](../../${connector.docs})`}`,
    `Interface: ${interfaceText(connector)}`,
    ...section('Settings', `${settingsTable(connector)}${proposalText(connector)}`),
    ...section('Operations', operationsTable(connector)),
    ...section('Sources', sourcesTable(connector)),
    ...section('Failures', failuresText(connector)),
    ...section('Simulator', simulatorText(connector)),
  ];
  return `${parts.join('\n\n')}\n`;
};

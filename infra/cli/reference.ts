import type { Argument, Command, Option } from 'commander';

const argumentText = ({ required, variadic, name }: ArgumentShape): string => {
  const words = variadic ? `${name}...` : name;
  return required ? `<${words}>` : `[${words}]`;
};

interface ArgumentShape {
  readonly required: boolean;
  readonly variadic: boolean;
  readonly name: string;
}

const shapeOf = (argument: Argument): ArgumentShape => ({
  required: argument.required,
  variadic: argument.variadic,
  name: argument.name(),
});

const escaped = (text: string): string => text.replaceAll('|', '\\|');

/** A row of a table, already as prettier would have it: the page is formatted when it is generated. */
const row = (name: string, says: string): string => `| \`${escaped(name)}\` | ${escaped(says)} |`;

const argumentRow = (argument: Argument): string => {
  const choices = argument.argChoices ? `one of ${argument.argChoices.join(', ')}` : '';
  const says = [argument.description, choices].filter((part) => part !== '').join(': ');
  return row(argumentText(shapeOf(argument)), says);
};

const optionRow = ({ flags, description, mandatory }: Option): string =>
  row(flags, mandatory ? `${description} (required)` : description);

/** It does nothing itself: those below it do. */
const isGroup = ({ commands, options, registeredArguments }: Command): boolean =>
  commands.length > 0 && options.length + registeredArguments.length === 0;

const sectionOf = (command: Command, path: readonly string[]): string[] => {
  const words = [...path, command.name()];
  const args = command.registeredArguments.map((argument) => argumentText(shapeOf(argument)));
  const rows = [...command.registeredArguments.map(argumentRow), ...command.options.map(optionRow)];
  const own = [
    `## ${words.slice(1).join(' ')}`,
    '',
    isGroup(command)
      ? `${command.description()}.`
      : `\`${[...words, ...args].join(' ')}\`: ${command.description()}.`,
    '',
    ...(rows.length === 0 ? [] : ['| word | meaning |', '| --- | --- |', ...rows, '']),
  ];
  return [...own, ...command.commands.flatMap((below) => sectionOf(below, words))];
};

/** What every command ends with. */
const exitCodes = [
  ['0', 'It was done, or there was nothing to do.'],
  [
    '1',
    'It failed, or what was asked about is not well: a system does not answer the `check`, something of an order failed.',
  ],
  ['2', '`diff` found a difference.'],
] as const;

/** The reference page of the command line, from the program's own tree. */
export const cliReference = (program: Command): string =>
  [
    '# lb-bus, the command line',
    '',
    '<!-- Generated from infra/cli by `npm run generate`; do not edit. -->',
    '',
    'Commands that speak with monitoring (`--url`, else `LBBUS_OPERATOR_URL`) act as the person of `LBBUS_OPERATOR_TOKEN`, with the rights of her roles; those that speak with the',
    'gateway use `LBBUS_API_KEY`; the others work on `DATABASE_URL` and the key files. Beside a running `npm start` all of these are found by themselves. `--json` prints what a',
    'program can read; without it tables fit the terminal, and a bar shows how far an order is. Without a terminal nothing is cut, nobody is asked, and progress comes as lines.',
    '',
    '`source <(lb-bus completion bash)` completes commands and options in bash; for zsh and fish there is the same.',
    '',
    '| exit code | meaning |',
    '| --- | --- |',
    ...exitCodes.map(([code, says]) => `| ${code} | ${says} |`),
    '',
    'What went wrong is told in one line on standard error, with what to do; `LBBUS_LOG_LEVEL=debug` adds the stack.',
    '',
    ...program.commands.flatMap((command) => sectionOf(command, [program.name()])),
  ].join('\n');

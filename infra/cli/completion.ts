import { Argument, type Command } from 'commander';

/** A place on the command line: after these words, these may follow. */
interface Place {
  /** Words of the commands so far, `parked discard`; empty at the beginning. */
  readonly after: string;
  readonly words: readonly { readonly word: string; readonly says: string }[];
}

const wordsAt = (command: Command): Place['words'] => [
  ...command.commands.map((below) => ({ word: below.name(), says: below.description() })),
  ...command.registeredArguments.flatMap(({ argChoices = [], description }) =>
    argChoices.map((word) => ({ word, says: description })),
  ),
  ...command.options.flatMap(({ long, description }) =>
    long ? [{ word: long, says: description }] : [],
  ),
  { word: '--help', says: 'show what it does' },
];

/** Every place of a program, from its own tree of commands. */
const placesOf = (command: Command, after: readonly string[] = []): Place[] => [
  { after: after.join(' '), words: wordsAt(command) },
  ...command.commands.flatMap((below) => placesOf(below, [...after, below.name()])),
];

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The words of a shell's `case` for every place at which a command has been said. */
const saidPattern = (places: readonly Place[]): string =>
  places
    .filter(({ after }) => after !== '')
    .map(({ after }) => `"${after}"`)
    .join('|');

const bash = (places: readonly Place[]): string => `# lb-bus completion bash
_lb_bus() {
  local place="" next word words="" at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    next="\${place:+$place }$word"
    case "$next" in ${saidPattern(places)}) place="$next" ;; esac
  done
  case "$place" in
${places.map(({ after, words }) => `    "${after}") words=${quoted(words.map(({ word }) => word).join(' '))} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _lb_bus lb-bus
`;

const described = ({ word, says }: Place['words'][number]): string =>
  quoted(`${word.replaceAll(':', '\\:')}:${says}`);

const zsh = (places: readonly Place[]): string => `#compdef lb-bus
_lb_bus() {
  local place="" next word
  local -a said
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${place:+$place }$word"
    case "$next" in (${saidPattern(places)}) place="$next" ;; esac
  done
  case "$place" in
${places.map(({ after, words }) => `    ("${after}") said=(${words.map(described).join(' ')}) ;;`).join('\n')}
  esac
  _describe 'lb-bus' said || _files
}
compdef _lb_bus lb-bus
`;

const fish = (places: readonly Place[]): string =>
  [
    '# lb-bus completion fish',
    'function __lb_bus_place',
    '  set -l place ""',
    '  for word in (commandline -opc)[2..-1]',
    '    set -l next (string trim "$place $word")',
    `    contains -- "$next" ${places.flatMap(({ after }) => (after === '' ? [] : [quoted(after)])).join(' ')}; and set place "$next"`,
    '  end',
    '  echo $place',
    'end',
    ...places.flatMap(({ after, words }) =>
      words.map(({ word, says }) => {
        const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${quoted(word)}`;
        return `complete -c lb-bus -n ${quoted(`test (__lb_bus_place) = "${after}"`)} ${what} -d ${quoted(says)}`;
      }),
    ),
    '',
  ].join('\n');

const shells = { bash, zsh, fish } as const;

/** The completion of a shell for a program, from the program's own tree. */
export const completionOf = (program: Command, shell: keyof typeof shells): string =>
  shells[shell](placesOf(program));

/** Adds `lb-bus completion`: prints what a shell needs to complete commands and options. */
export const completionCommand = (program: Command): void => {
  program
    .command('completion')
    .description('print the completion of commands and options for a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
    .action((shell: keyof typeof shells) => {
      process.stdout.write(completionOf(program, shell));
    });
};

import type { Command } from 'commander';

/** Which parked messages are meant, as options. */
export interface SelectionOptions {
  readonly tenant?: string;
  readonly target?: string;
  readonly connector?: string;
  readonly code?: string;
  readonly group?: string;
  readonly cause?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly until?: string;
}

const names = [
  'tenant',
  'target',
  'connector',
  'code',
  'group',
  'cause',
  'type',
  'subject',
  'since',
  'until',
] as const;

/** Adds the options that select parked messages; all that are given must hold. */
export const withSelection = (command: Command): Command =>
  command
    .option('-t, --tenant <tenant>', 'of this tenant')
    .option('--target <name>', 'at this connector instance')
    .option('--connector <id>', 'at this connector, at whatever name')
    .option('--code <code>', 'parked under this code')
    .option('--group <id>', 'of this group of cause, as lb-bus parked shows it')
    .option('--cause <text>', 'of this normalised cause, exactly')
    .option('--type <type>', 'of this message type')
    .option('--subject <iri>', 'about this')
    .option('--since <time>', 'parked at or after (RFC 3339)')
    .option('--until <time>', 'parked before (RFC 3339)');

/** What was given, as the operators' API takes it. */
export const selectionOf = (options: SelectionOptions): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = options[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

import type { Command } from 'commander';
import { columns } from './columns.js';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';

interface Found {
  readonly messages: readonly {
    readonly tenant: string;
    readonly id: string;
    readonly status: string;
    readonly type: string;
    readonly senderId: string;
    readonly acceptedAt: string;
    readonly targets: readonly {
      readonly target: string;
      readonly status: string;
      readonly externalId: string | null;
    }[];
  }[];
  readonly next: string | null;
  readonly lookedBackTo: string | null;
}

const filters = {
  tenant: 'of this tenant',
  status: 'that stand so; with --target, so there',
  type: 'of this type, in full',
  target: 'that go to this connector instance',
  outcome: 'to which this happened at least once: retry, rejected, held …',
  since: 'accepted at or after: 2026-01-01, or with the time',
  until: 'accepted before',
  cursor: 'the page after, as the one before told it',
} as const;

type SearchOptions = OperatorOptions &
  Partial<Record<keyof typeof filters, string>> & { readonly limit?: string };

const targetWords = ({
  target,
  status,
  externalId,
}: Found['messages'][number]['targets'][number]) =>
  `${target} ${status}${externalId === null ? '' : ` as ${externalId}`}`;

/** What was found as a person reads it, and how to read on. */
export const foundWords = ({ messages, next, lookedBackTo }: Found): string =>
  [
    messages.length === 0
      ? 'Nothing found.'
      : columns(
          messages.map(({ acceptedAt, tenant, id, status, type, senderId, targets }) => [
            acceptedAt,
            tenant,
            id,
            status,
            type,
            senderId,
            targets.map(targetWords).join(', '),
          ]),
        ),
    ...(lookedBackTo === null
      ? []
      : [`Looked back to ${lookedBackTo}; further back with --cursor`]),
    ...(next === null ? [] : [`More: --cursor ${next}`]),
  ].join('\n');

const search = async (text: string | undefined, options: SearchOptions): Promise<void> => {
  const asked = Object.keys(filters).flatMap((name) => {
    const value = options[name as keyof typeof filters];
    return value === undefined ? [] : [[name, value] as const];
  });
  const found = await askMonitoring<Found>(options, '/messages/searches', {
    method: 'POST',
    body: {
      ...Object.fromEntries(asked),
      ...(text !== undefined && { text }),
      ...(options.limit !== undefined && { limit: Number(options.limit) }),
    },
  });
  print(options, found, () => foundWords(found));
};

/** Adds `lb-bus messages search`: finds messages by whatever one knows of them. */
export const messagesCommand = (program: Command): void => {
  const messages = program.command('messages').description('messages of every tenant');
  const command = withOperator(messages.command('search'))
    .description('find messages, newest first, by an id of any kind and what they are cut to')
    .argument('[text]', 'an id on the bus, of the sender or of a system, or an IRI; quote spaces')
    .option('--limit <count>', 'at most so many, up to 200', '50');
  for (const [name, description] of Object.entries(filters))
    command.option(`--${name} <${name}>`, description);
  command.action((text: string | undefined, options: SearchOptions) => search(text, options));
};

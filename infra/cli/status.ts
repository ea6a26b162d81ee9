import type { Command } from 'commander';
import { callDoor, withDoor, type DoorOptions } from './door.js';

interface Attempt {
  readonly at: string;
  readonly durationMs: number;
  readonly outcome: string;
  readonly code: string | null;
  readonly detail: string | null;
}

interface Target {
  readonly target: string;
  readonly status: string;
  readonly externalId: string | null;
  readonly nextAttemptAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly attempts: readonly Attempt[];
}

/** Where a message is, as the gateway tells it. */
export interface Status {
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly source: string;
  readonly senderId: string;
  readonly subject: string;
  readonly acceptedAt: string;
  readonly targets: readonly Target[];
  readonly conflicts: readonly string[];
}

const when = (label: string, moment: string | null): string[] =>
  moment === null ? [] : [`${label} ${moment}`];

const attemptLine = ({ at, durationMs, outcome, code, detail }: Attempt): string =>
  `    ${[at, outcome, code, `${durationMs} ms`, detail].filter((part) => part !== null).join('  ')}`;

const targetLines = (target: Target): string[] => {
  const facts = [
    target.status,
    ...(target.externalId === null ? [] : [`as ${target.externalId}`]),
    ...when('next attempt', target.nextAttemptAt),
    ...when('acknowledged', target.acknowledgedAt),
  ];
  return [`  ${target.target}: ${facts.join(', ')}`, ...target.attempts.map(attemptLine)];
};

/** The trace of a message as a person reads it: the message, then per target its attempts, oldest first. */
export const statusWords = (status: Status): string =>
  [
    `${status.id}  ${status.status}`,
    `  ${status.type} ${status.senderId} from ${status.source}`,
    `  about ${status.subject}`,
    `  accepted ${status.acceptedAt}`,
    ...(status.targets.length === 0 ? ['  no target'] : status.targets.flatMap(targetLines)),
    ...status.conflicts.map((id) => `  other content under the same source and id: ${id}`),
  ].join('\n');

/** Adds `lb-bus status`: tells where a message is. */
export const statusCommand = (program: Command): void => {
  withDoor(program.command('status'))
    .description('tell where a message is and what was tried, with the key in LBBUS_API_KEY')
    .argument('<id>', 'id of the message on the bus')
    .option('--json', 'as JSON')
    .action(async (id: string, options: DoorOptions & { readonly json?: boolean }) => {
      const status = await callDoor(options, `/v1/messages/${encodeURIComponent(id)}`);
      console.log(
        options.json === true ? JSON.stringify(status, null, 2) : statusWords(status as Status),
      );
    });
};

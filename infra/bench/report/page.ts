import type { Machine } from './machine.js';
import { sizingOf } from './sizing.js';

/** What a bench showed, as it is kept. */
export interface Result {
  readonly name: string;
  readonly met: boolean;
  readonly at: string;
  readonly seconds: number;
  readonly machine: Machine;
  readonly lines: readonly string[];
  readonly measured: Readonly<Record<string, number>>;
}

const order = [
  'accept',
  'carry',
  'steps',
  'peers',
  'tenants',
  'growth',
  'questions',
  'neighbours',
  'soak',
  'console',
];

const enoughSeconds = 30;
const short = `**Some ran for less than ${enoughSeconds} seconds, as each says: that shows that they work, not what the bus carries.**`;

const about: Readonly<Record<string, string>> = {
  accept:
    'What the door takes, against the least that any door must do: parse the JSON and publish it to the same two queues with confirms. A melding of 2 KB, valid, signed in, for one target and the audit.',
  carry:
    'From accept until the system has it, recorded, audited and collected; one process of each role, and the load and the system on the same cores.',
  steps: 'Where the time of a message goes.',
  peers:
    'The same work by others: taken over HTTP, confirmed by a durable queue, acknowledged after a call of 5 ms to one system, with 200 under way at any time. The bus does more meanwhile: it validates, keeps order, records, audits and traces. In a second round the process that hands over is killed five times: lost was confirmed and never came, doubled came more than once.',
  tenants: 'Few tenants and many.',
  growth: 'Larger messages, attachments, more processes, and a backlog.',
  questions: 'Fifty at a time ask a system that answers in 50 ms.',
  neighbours:
    'How long messages of 17 quiet tenants wait, alone and beside four tenants in trouble, at two rates. The bar is for where the machine is planned as under All of Flanders: at most half busy without those in trouble.',
  soak: 'Whether any process grows while all kinds of traffic pass.',
  console:
    'What a person at the console waits for, in Chromium on the same machine, at a database that was filled with `infra/seed.mjs`: until every tenant is drawn, until a search shows what it found, and until what somebody else did is seen.',
};

/** Of a run on this machine, in words. */
const machineLine = ({ machine }: Result): string => {
  const { processor, cores, memoryGb, kernel, node, postgres, rabbitmq } = machine;
  return `${processor}, ${cores} cores, ${memoryGb} GB; Linux ${kernel}, Node ${node}, PostgreSQL ${postgres}, RabbitMQ ${rabbitmq}`;
};

const sectionOf = (result: Result): string[] => {
  const { name, met, at, seconds, lines } = result;
  return [
    `## ${name}`,
    '',
    about[name] ?? '',
    '',
    '```text',
    ...lines.map((line) => line.trimEnd()),
    '```',
    '',
    `${met ? 'Its bar is met.' : '**Its bar is not met.**'} Run on ${at.slice(0, 10)} with \`npm run bench -- ${name} --seconds ${seconds}\`.`,
    '',
  ];
};

const rankOf = ({ name }: Result): number => {
  const rank = order.indexOf(name);
  return rank < 0 ? order.length : rank;
};

/** What the bus carries, in Markdown, made of the last result of each bench. */
export const pageOf = (results: readonly Result[]): string => {
  const sorted = [...results].sort((one, other) => rankOf(one) - rankOf(other));
  const machines = [...new Set(sorted.map(machineLine))];
  const missed = sorted.filter(({ met }) => !met).map(({ name }) => `\`${name}\``);
  const measured = sorted.find(({ name }) => name === 'growth')?.measured;
  const lines = [
    '# What it carries',
    '',
    'Measured by `npm run bench -- all`, which writes this page. The load, the systems, the broker, the database and the bus share one machine; a login that may mount has the files of both servers in memory, so that no disk is waited for. Ratios say more than numbers: machines differ.',
    '',
    ...machines.map((machine) => `- ${machine}`),
    '',
    ...(sorted.some(({ seconds }) => seconds < enoughSeconds) ? [short, ''] : []),
    missed.length === 0
      ? 'Every bar is met.'
      : `The bars of these are **not met**: ${missed.join(', ')}.`,
    '',
    ...sorted.flatMap(sectionOf),
    '## All of Flanders',
    '',
    ...sizingOf(measured),
  ];
  return `${lines.join('\n')}\n`;
};

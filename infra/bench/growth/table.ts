import type { Carried, Grown } from './growth.js';

const outside = 'load and system';
/** What the gateway may need more for an attachment, however large it is. */
const attachmentMb = 64;
/** How much more processor a message may need with four replicas than with one. */
const replicaFactor = 1.25;
const million = 1_000_000;

const togetherMs = ({ usedMs }: Carried): number =>
  [...usedMs].reduce((sum, [name, ms]) => (name === outside ? sum : sum + ms), 0);

const carriedOf = (name: string, one: Carried): string => {
  const { median, least, most } = one.perSecond;
  const rate = `${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)}) per second`;
  return `${name.padEnd(20)}${rate.padEnd(32)}${togetherMs(one).toFixed(2).padStart(6)} ms CPU per message, p50 ${one.p50.toFixed(0)} ms, p99 ${one.p99.toFixed(0)} ms`;
};

const usedLine = (one: Carried): string =>
  [...one.usedMs].map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(', ');

const factorOf = ({ replicas }: Grown): number => {
  const [first, last] = [replicas[0], replicas.at(-1)];
  return first && last ? togetherMs(last) / togetherMs(first) : Infinity;
};

/** The most that an attachment took. */
const attachmentsTookMb = ({ attachments }: Grown): number =>
  Math.max(...attachments.map(({ beforeMb, mostMb }) => mostMb - beforeMb));

/** Numbers for the page, of messages of 2 KB and one process of each role. */
export const measuredOf = (grown: Grown): Record<string, number> => {
  const { bytesPerMessage, perSecond, collectedPerSecond } = grown.backlog;
  return {
    ...Object.fromEntries(grown.replicas[0]?.usedMs ?? []),
    bytesPerMessage,
    drainedPerSecond: perSecond,
    collectedPerSecond,
    attachmentMb: attachmentsTookMb(grown),
    replicaFactor: factorOf(grown),
  };
};

/** True where attachments take no more memory the larger they are, and replicas no more processor per message. */
export const meetsGoals = (grown: Grown): boolean =>
  attachmentsTookMb(grown) <= attachmentMb && factorOf(grown) <= replicaFactor;

const backlogLines = ({ backlog }: Grown): string[] => {
  const { messages, perSecond, collectedPerSecond, bytesPerMessage } = backlog;
  const minutes = million / perSecond / 60;
  return [
    `a backlog of ${messages} messages goes to its systems at ${perSecond.toFixed(0)} per second, and is written by monitoring at ${collectedPerSecond.toFixed(0)} per second`,
    ...(messages < million
      ? [`a million was not tried: at that speed it would take ${minutes.toFixed(0)} minutes`]
      : []),
    `${bytesPerMessage.toFixed(0)} bytes on disk per message of 2 KB, with its content, its steps and all indexes: ${((bytesPerMessage * million) / 1e9).toFixed(1)} GB per million`,
  ];
};

/** How the bus was as each grew, for people. */
export const linesOf = (grown: Grown): string[] => [
  ...grown.sizes.map((one) => carriedOf(`${one.bytes / 1_000} KB`, one)),
  '',
  ...grown.attachments.map(
    ({ mb, seconds, beforeMb, mostMb }) =>
      `attachment of ${String(mb).padStart(3)} MB in ${seconds.toFixed(1)} s; the gateway had ${beforeMb.toFixed(0)} MB, at most ${mostMb.toFixed(0)} MB`,
  ),
  `no attachment may take more than ${attachmentMb} MB of it; the most was ${attachmentsTookMb(grown).toFixed(0)} MB`,
  '',
  ...grown.replicas.map((one) => carriedOf(`${one.replicas} of each, 2 KB`, one)),
  ...grown.replicas.map((one) => `${one.replicas} of each, ms per message: ${usedLine(one)}`),
  `the most replicas / one: ${factorOf(grown).toFixed(2)} of the processor per message (goal at most ${replicaFactor})`,
  '',
  ...backlogLines(grown),
];

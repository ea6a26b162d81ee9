import type { Ran } from './peers.js';

const ours = 'LB-bus';
const outside = 'load and system';

const togetherMs = ({ usedMs }: Ran): number =>
  [...usedMs].reduce((sum, [name, ms]) => (name === outside ? sum : sum + ms), 0);

const rowOf = (ran: Ran): string[] => {
  const { median, least, most } = ran.perSecond;
  return [
    ran.name.padEnd(28),
    `${Math.round(median)} (${Math.round(least)} to ${Math.round(most)})`.padEnd(22),
    ran.p50.toFixed(0).padStart(6),
    ran.p99.toFixed(0).padStart(8),
    togetherMs(ran).toFixed(2).padStart(10),
    `${ran.killed.lost} of ${ran.killed.messages}`.padStart(16),
    String(ran.killed.doubled).padStart(9),
  ];
};

const usedOf = ({ name, usedMs }: Ran): string =>
  `${name}: ${[...usedMs].map(([process, ms]) => `${process} ${ms.toFixed(2)}`).join(', ')}`;

/** True where the bus lost and doubled nothing and none is faster. */
export const isAhead = (ran: readonly Ran[]): boolean => {
  const bus = ran.find(({ name }) => name === ours);
  if (!bus || bus.failed + bus.killed.lost + bus.killed.doubled > 0) return false;
  return ran.every(({ perSecond }) => perSecond.median <= bus.perSecond.median);
};

/** Numbers for the page: of the bus, and of the fastest other. */
export const measuredOf = (ran: readonly Ran[]): Record<string, number> => {
  const rates = (isOurs: boolean): number[] =>
    ran.filter(({ name }) => (name === ours) === isOurs).map(({ perSecond }) => perSecond.median);
  return { perSecond: Math.max(0, ...rates(true)), fastestOther: Math.max(0, ...rates(false)) };
};

/** What each way did, for people. */
export const linesOf = (ran: readonly Ran[]): string[] => [
  [
    'way'.padEnd(28),
    'messages per second'.padEnd(22),
    'p50 ms'.padStart(6),
    'p99 ms'.padStart(8),
    'CPU ms'.padStart(10),
    'lost'.padStart(16),
    'doubled'.padStart(9),
  ].join(' '),
  ...ran.map((one) => rowOf(one).join(' ')),
  '',
  'milliseconds of processor per message, by process:',
  ...ran.map(usedOf),
  ...ran.filter(({ failed }) => failed > 0).map(({ name, failed }) => `${name}: ${failed} refused`),
  'Node-RED is not run: the input node of node-red-contrib-amqp 0.4.5 acknowledges on receipt, so that it cannot do this work.',
];

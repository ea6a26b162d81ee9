import type { Carried } from './carry.js';

/** What was carried, for people. */
export const linesOf = ({ messages, perSecond, wrong, usedMs }: Carried): string[] => {
  const all = [...usedMs.values()].reduce((sum, ms) => sum + ms, 0);
  const lines = [...usedMs, ['together', all] as const].map(
    ([name, ms]) => `${name.padEnd(18)}${ms.toFixed(2).padStart(8)} ms`,
  );
  return [
    `${messages} messages, ${Math.round(perSecond)} per second, ${wrong} lost or doubled`,
    'processor per message:',
    ...lines,
  ];
};

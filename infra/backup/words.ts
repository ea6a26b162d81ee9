import type { Balance, Missing } from './ledger.js';

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const parts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

const line = (what: string, counts: Readonly<Record<string, number>>, words: string): string[] =>
  total(counts) === 0 ? [] : [`  ${what}: ${parts(counts)}${words}`];

const missingLine = ({ target, count, queued }: Missing): string =>
  queued === null || queued === 0
    ? `  nowhere: ${count} for ${target}: accepted, at no end and in no queue; lb-bus ledger --again puts them there`
    : `  on the way: ${count} for ${target}, ${queued} in its queue`;

const gapLines = ({ gap }: Balance): string[] => {
  if (!gap) return [];
  const from = gap.askFrom ? `since ${gap.askFrom.toISOString()}` : 'at all';
  return [
    `  restored: ${gap.restoredAt.toISOString()}, to the state of ${gap.backupAt.toISOString()}`,
    `  to be asked again: everything its senders sent ${from}; what the bus knows it recognises`,
  ];
};

/** The balance of a tenant as an operator reads it. */
export const wordsOf = (balance: Balance): string =>
  [
    `${balance.tenant}:`,
    ...gapLines(balance),
    ...line('ended', balance.ended, ''),
    ...line('standing', balance.standing, '; the bus goes on with what waits and is held'),
    ...balance.missing.map(missingLine),
    ...line('in postvakken', { unacknowledged: balance.unfetched }, ''),
  ].join('\n');

import { floorTrend } from './trend.js';

/** Memory of a process at a moment, in bytes. */
export interface Sample {
  /** Since the beginning. */
  readonly atMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** How the memory of a process went, once it had warmed up. */
export interface Growth {
  readonly name: string;
  /** Where the heap comes down to between two collections, at the beginning and at the end of its trend. */
  readonly heapFrom: number;
  readonly heapTo: number;
  readonly rssFrom: number;
  readonly rssTo: number;
}

const mib = 1_048_576;
/** Growth that says nothing. */
const freeBytes = 8 * mib;
/** What a process may remember of a message, such as its id and digest to tell a repeat, in memory that is bounded. */
const bytesPerMessage = 512;

/** The trend of a process after its warm-up; null where there is too little to say. */
export const growthOf = (name: string, samples: readonly Sample[]): Growth | null => {
  const trend = (of: (sample: Sample) => number) =>
    floorTrend(samples.map((one) => ({ at: one.atMs, value: of(one) })));
  const [heap, rss] = [trend((one) => one.heapBytes), trend((one) => one.rssBytes)];
  return (
    heap && rss && { name, heapFrom: heap.from, heapTo: heap.to, rssFrom: rss.from, rssTo: rss.to }
  );
};

/** True where the heap grew by no more than what may be remembered of so many messages. */
export const isSteady = ({ heapFrom, heapTo }: Growth, messages: number): boolean =>
  heapTo - heapFrom <= freeBytes + messages * bytesPerMessage;

const inMib = (bytes: number): string => (bytes / mib).toFixed(1).padStart(8);

/** A line for each process, and what they mean. */
export const tableOf = (growths: readonly Growth[], messages: number): string[] => [
  `${'process'.padEnd(14)}  heap MiB from       to      RSS from       to  steady`,
  ...growths.map((one) =>
    [
      one.name.padEnd(14),
      inMib(one.heapFrom).padStart(14),
      inMib(one.heapTo),
      inMib(one.rssFrom).padStart(13),
      inMib(one.rssTo),
      isSteady(one, messages) ? '   yes' : '    no',
    ].join(' '),
  ),
];

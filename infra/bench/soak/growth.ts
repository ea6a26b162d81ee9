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
  readonly samples: number;
  /** Where the heap comes down to between two collections, at the beginning and at the end of its trend. */
  readonly heapFrom: number;
  readonly heapTo: number;
  readonly rssFrom: number;
  readonly rssTo: number;
}

const mib = 1_048_576;
/** Of the time, before memory is judged: caches fill and code is compiled. */
const warmUpShare = 1 / 3;
const windows = 12;
/** Growth that says nothing. */
const freeBytes = 8 * mib;
/** What a process may remember of a message, such as its id and digest to tell a repeat, in memory that is bounded. */
const bytesPerMessage = 512;

interface Point {
  readonly at: number;
  readonly value: number;
}

/** The least-squares line through the points, at the first and the last of them. */
const trendOf = (points: readonly Point[]): { readonly from: number; readonly to: number } => {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [at, value] = [mean((one) => one.at), mean((one) => one.value)];
  const spread = points.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  const slope =
    spread === 0
      ? 0
      : points.reduce((sum, one) => sum + (one.at - at) * (one.value - value), 0) / spread;
  const lineAt = (moment: number): number => value + slope * (moment - at);
  return { from: lineAt(points[0]?.at ?? 0), to: lineAt(points.at(-1)?.at ?? 0) };
};

/** The least of each window: between two collections the heap grows and says nothing. */
const floorsOf = (points: readonly Point[]): Point[] => {
  const size = Math.max(1, Math.ceil(points.length / windows));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points
      .slice(index * size, (index + 1) * size)
      .reduce((least, one) => (one.value < least.value ? one : least)),
  );
};

/** The trend of a process after its warm-up; null where there is too little to say. */
export const growthOf = (name: string, samples: readonly Sample[]): Growth | null => {
  const end = samples.at(-1)?.atMs ?? 0;
  const warm = samples.filter(({ atMs }) => atMs >= end * warmUpShare);
  if (warm.length < windows) return null;
  const trend = (of: (sample: Sample) => number) =>
    trendOf(floorsOf(warm.map((one) => ({ at: one.atMs, value: of(one) }))));
  const [heap, rss] = [trend((one) => one.heapBytes), trend((one) => one.rssBytes)];
  return {
    name,
    samples: warm.length,
    heapFrom: heap.from,
    heapTo: heap.to,
    rssFrom: rss.from,
    rssTo: rss.to,
  };
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

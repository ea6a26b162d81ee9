/** What something was at a moment, in milliseconds since the beginning. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Where the least-squares line through points begins and ends. */
export interface Trend {
  readonly from: number;
  readonly to: number;
}

/** Of the time, before anything is judged: caches fill and code is compiled. */
const warmUpShare = 1 / 3;
const windows = 12;

const trendOf = (points: readonly Point[]): Trend => {
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

/** The least of each window: a heap between two collections, or a queue while work is under way, says nothing. */
const floorsOf = (points: readonly Point[]): Point[] => {
  const size = Math.max(1, Math.ceil(points.length / windows));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points
      .slice(index * size, (index + 1) * size)
      .reduce((least, one) => (one.value < least.value ? one : least)),
  );
};

/** How the floor of something went after the warm-up; null where there is too little to say. */
export const floorTrend = (points: readonly Point[]): Trend | null => {
  const end = points.at(-1)?.at ?? 0;
  const warm = points.filter(({ at }) => at >= end * warmUpShare);
  return warm.length < windows ? null : trendOf(floorsOf(warm));
};

const width = 120;
const height = 28;

/** The course of an hour as an area, to be read beside its number. */
export const Sparkline = ({ counts }: { readonly counts: readonly number[] }) => {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length - 1);
  const points = counts.map(
    (count, minute) =>
      `${(minute * step).toFixed(1)},${(height - 1 - (count / most) * (height - 3)).toFixed(1)}`,
  );
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} />
      <polyline points={points.join(' ')} />
    </svg>
  );
};

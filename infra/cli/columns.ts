/** Lines with the cells of each column below each other. */
export const columns = (rows: readonly (readonly string[])[], indent = ''): string => {
  const most = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: most }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) => indent + row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
};

/** A number with what it counts, one or many. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const minute = 60;
const hour = 60 * minute;

/** A time as a person says it: `45 s`, `12 min`, `1 h 25 min`. */
export const duration = (seconds: number): string => {
  if (seconds < minute) return `${seconds} s`;
  if (seconds < hour) return `${Math.round(seconds / minute)} min`;
  return `${Math.floor(seconds / hour)} h ${Math.round((seconds % hour) / minute)} min`;
};

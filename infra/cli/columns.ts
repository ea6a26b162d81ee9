/** No column gets narrower than this for the sake of the others. */
const leastWidth = 12;
const gap = 2;

/** Widths as they are, the widest taken back one by one until the line fits. */
const fitted = (widths: readonly number[], room: number): number[] => {
  const fitting = [...widths];
  const whole = (): number => fitting.reduce((sum, width) => sum + width + gap, -gap);
  while (whole() > room) {
    const widest = Math.max(...fitting);
    if (widest <= leastWidth) break;
    const others = fitting.filter((width) => width < widest);
    const next = Math.max(leastWidth, ...others);
    const over = whole() - room;
    fitting[fitting.indexOf(widest)] = Math.max(next, widest - over);
  }
  return fitting;
};

const cut = (cell: string, width: number): string =>
  cell.length <= width ? cell : `${cell.slice(0, width - 1)}…`;

/**
 * Lines with the cells of each column below each other. On a terminal they fit in its width, what is too long cut with an
 * ellipsis; elsewhere nothing is cut.
 */
export const columns = (
  rows: readonly (readonly string[])[],
  indent = '',
  room: number = process.stdout.isTTY ? process.stdout.columns : Infinity,
): string => {
  const most = Math.max(0, ...rows.map((row) => row.length));
  const widths = fitted(
    Array.from({ length: most }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))),
    room - indent.length,
  );
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, at) => cut(cell, widths[at] ?? 0).padEnd(widths[at] ?? 0))
          .join(' '.repeat(gap)),
    )
    .map((line) => line.trimEnd())
    .join('\n');
};

/** Records as a table: the names of the first above the values of all. */
export const table = (
  rows: readonly Readonly<Record<string, string | number | boolean>>[],
): string => {
  const names = Object.keys(rows[0] ?? {});
  return columns([names, ...rows.map((row) => names.map((name) => String(row[name])))]);
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

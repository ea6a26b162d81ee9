type Cell = string | number | null;

/** Begins a file by which a spreadsheet knows that its text is UTF-8. */
export const byteOrderMark = '\uFEFF';

/** Words that a spreadsheet would take for a formula get an apostrophe before them. */
const cellText = (value: Cell): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const shown = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
};

/** One line of RFC 4180, with its end. */
export const csvRow = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

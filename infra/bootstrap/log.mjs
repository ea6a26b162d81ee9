import { existsSync, readFileSync } from 'node:fs';

const levels = /** @type {Record<number, string>} */ ({
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
});

/**
 * @typedef {{ time: number, level: number, msg?: string, err?: { type?: string, message: string } }} LogRecord
 */

/**
 * One line of a log for a person: a pino record becomes time, level, message and error; another line stays as it is.
 * @param {string} line
 */
export const readable = (line) => {
  if (!line.startsWith('{')) return line;
  try {
    /** @type {unknown} */
    const parsed = JSON.parse(line);
    const { time, level, msg = '', err } = /** @type {LogRecord} */ (parsed);
    const at = new Date(time).toISOString().slice(11, 23);
    const cause = err ? ` ${err.type ?? 'Error'}: ${err.message}` : '';
    return `${at} ${levels[level] ?? level} ${msg}${cause}`;
  } catch {
    return line;
  }
};

/**
 * The end of a log, readable, as detail of an error; empty where there is no log.
 * @param {string} file
 * @param {number} [count]
 */
export const lastLines = (file, count = 20) => {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).map(readable).join('\n');
};

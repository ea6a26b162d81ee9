import { pino, type Logger } from 'pino';

export type Log = Logger;

/** One JSON line per fact on standard output. What is logged holds ids and codes, never bodies or persons. */
export const createLog = (role: string, level = process.env['LBBUS_LOG_LEVEL'] ?? 'info'): Log =>
  pino({
    level,
    base: { role, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });

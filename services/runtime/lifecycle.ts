import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readConfig, type Config } from './config.js';
import { createLog, type Log } from './log.js';

/** How long a process may take to finish what it has in hand. */
const drainMs = 20_000;

export interface RunningProcess {
  readonly port?: number;
  readonly internalPort: number;
  /** Stops taking work, finishes what is in hand, lets go of connections. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs one role until SIGTERM or SIGINT: start, which may wait for PostgreSQL, tell the ready file, drain at most 20 s, leave.
 * A start that fails and an error that nobody caught end the process with code 1 and one log line.
 */
export const runProcess = async (
  role: string,
  start: (config: Config, log: Log) => Promise<RunningProcess>,
): Promise<void> => {
  const log = createLog(role);
  const fail = (message: string) => (error: unknown) => {
    log.fatal({ err: error }, message);
    process.exit(1);
  };
  process.on('uncaughtException', fail('stopped by an error that nobody caught'));
  process.on('unhandledRejection', fail('stopped by a rejection that nobody caught'));
  try {
    const config = readConfig();
    let leave = (): void => {
      log.info('stopped before it had anything in hand');
      process.exit(0);
    };
    process.on('SIGTERM', () => leave());
    process.on('SIGINT', () => leave());
    const running = await start(config, log);
    leave = leaveOnce(running, config.readyFile, log);
    await tellReady(config.readyFile, running);
    log.info({ port: running.port, internalPort: running.internalPort }, 'ready');
  } catch (error) {
    fail('did not start')(error);
  }
};

const tellReady = async (file: string | null, running: RunningProcess): Promise<void> => {
  if (file === null) return;
  const { port, internalPort } = running;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify({ port, internalPort, pid: process.pid }));
  await rename(`${file}.new`, file);
};

const leaveOnce = (running: RunningProcess, readyFile: string | null, log: Log): (() => void) => {
  let leaving = false;
  return () => {
    if (leaving) return;
    leaving = true;
    log.info('stopping: no new work, finishing what is in hand');
    const late = setTimeout(() => {
      log.error({ drainMs }, 'left with work in hand; the broker gives it to another');
      process.exit(1);
    }, drainMs);
    late.unref();
    Promise.resolve(readyFile === null ? undefined : rm(readyFile, { force: true }))
      .then(() => running.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'did not stop cleanly');
          process.exit(1);
        },
      );
  };
};

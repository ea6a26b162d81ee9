/**
 * Stops everything in the run folder as soon as the program that started it is gone, however it went (kill -9 too):
 * the pipe on standard input then closes. Usage: node guard.mjs <run folder>
 */
import { stopRecorded } from './running.mjs';

process.stdin.resume();
process.stdin.on('end', () => {
  void stopRecorded(String(process.argv[2])).finally(() => process.exit());
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => undefined);

/**
 * Loaded into a process by NODE_OPTIONS=--import=…: its wall clock is off by as many milliseconds as the file of
 * LBBUS_TEST_CLOCK_FILE says, and jumps when that file changes. Timers and performance.now() go on as they do in a
 * process whose machine is set to another time.
 */
import { readFileSync } from 'node:fs';

const file = process.env['LBBUS_TEST_CLOCK_FILE'] ?? '';
const lookMs = 100;
const Real = globalThis.Date;

const readOffset = () => Number(readFileSync(file, 'utf8'));
let offsetMs = readOffset();
setInterval(() => (offsetMs = readOffset()), lookMs).unref();

/** @type {(given: unknown[], made: Function) => Date} */
const construct = (given, made) => {
  const values = given.length === 0 ? [Real.now() + offsetMs] : given;
  const moment = /** @type {unknown} */ (Reflect.construct(Real, values, made));
  return /** @type {Date} */ (moment);
};

globalThis.Date = new Proxy(Real, {
  construct: (_target, given, made) => construct(given, made),
  apply: () => new Real(Real.now() + offsetMs).toString(),
  get: (target, name) =>
    name === 'now'
      ? () => Real.now() + offsetMs
      : /** @type {unknown} */ (Reflect.get(target, name)),
});

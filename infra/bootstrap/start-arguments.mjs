import { SetupProblem } from './problem.mjs';

export const usage = `npm start            sets everything up, runs the bus, sends the demo meldingen; Ctrl-C stops it
npm start -- OPTION
  --fresh            begins anew: removes the data of earlier starts
  --no-demo          sends no meldingen
  --once             stops by itself after the demo; the exit code says whether it went well
  --help             this text

Environment
  DATABASE_URL, AMQP_URL      servers to use instead of our own
  LBBUS_PORT                  port of the gateway (8080)
  LBBUS_MONITORING_PORT       port of monitoring (8090)
  LBBUS_PROEFTUIN_PORT        port of the proeftuin (8070)
  LBBUS_STATE_DIR             folder of data, keys and logs (.lb-bus)
  LBBUS_LOG_LEVEL             debug, info, warn or error`;

/**
 * @typedef {{ fresh: boolean, demo: boolean, once: boolean, help: boolean }} StartOptions
 */

const known = ['--fresh', '--no-demo', '--once', '--help'];

/**
 * Throws on an option that does not exist, and on a contradiction.
 * @param {readonly string[]} args
 * @returns {StartOptions}
 */
export const startOptions = (args) => {
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown !== undefined)
    throw new SetupProblem(`npm start does not know "${unknown}".`, `use ${known.join(', ')}`);
  const options = {
    fresh: args.includes('--fresh'),
    demo: !args.includes('--no-demo'),
    once: args.includes('--once'),
    help: args.includes('--help'),
  };
  if (options.once && !options.demo)
    throw new SetupProblem(
      '--once waits for the demo, which --no-demo leaves out.',
      'leave one of them out',
    );
  return options;
};

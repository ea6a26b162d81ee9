import { parseArgs } from 'node:util';
import { SetupProblem } from '../bootstrap/problem.mjs';

const usual = {
  seconds: '60',
  rate: '17',
  minutes: '30',
  messages: '20000',
  tenants: '1,35,100,300',
};

/**
 * The name of the bench and what stands behind it; throws where an option is unknown.
 * @param {readonly string[]} args
 */
export const readOptions = (args) => {
  const option = /** @type {const} */ ({ type: 'string' });
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      seconds: option,
      rate: option,
      minutes: option,
      messages: option,
      tenants: option,
      quick: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const [name = ''] = positionals;
  return { name, values };
};

/** @type {(count: number) => boolean} */
const isCount = (count) => Number.isInteger(count) && count >= 1;

/**
 * @param {Partial<Record<keyof typeof usual, string>>} values
 * @returns {import('./built.mjs').Options}
 */
export const optionsIn = (values) => {
  const { seconds, rate, minutes, messages, tenants } = { ...usual, ...values };
  const options = {
    seconds: Number(seconds),
    rate: Number(rate),
    minutes: Number(minutes),
    messages: Number(messages),
    tenants: tenants.split(',').map(Number),
  };
  if (!(options.seconds >= 5 && options.rate >= 1 && options.minutes >= 1))
    throw new SetupProblem(
      '--seconds, --rate or --minutes does not do.',
      'give at least 5 seconds, 1 per second and 1 minute',
    );
  if (![options.messages, ...options.tenants].every(isCount))
    throw new SetupProblem(
      '--messages or --tenants does not do.',
      'give a number of messages, and numbers of tenants from few to many such as 1,35,100',
    );
  return options;
};

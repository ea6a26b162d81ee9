import { browserArguments, findChromium, waysToChromium } from '../../bootstrap/chromium.mjs';
import { SetupProblem } from '../../bootstrap/problem.mjs';
import { built, serversFor } from '../built.mjs';

const times = 10;

/** @param {string} name */
const required = (name) => {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new SetupProblem(
    `This bench looks at a database that is full, and ${name} is not set.`,
    'fill one with infra/seed.mjs, and give DATABASE_URL and LBBUS_BODY_KEY_FILE as it had them: docs/operate/storage.md',
  );
};

/**
 * What a person at the console waits for, in a real browser.
 * @param {import('../built.mjs').Run} run
 */
export const consoleBench = async ({ ground, show }) => {
  const databaseUrl = required('DATABASE_URL');
  const bodyKeyFile = required('LBBUS_BODY_KEY_FILE');
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new SetupProblem('There is no Chromium here.', waysToChromium);
  const { runConsole } = /** @type {typeof import('./console.js')} */ (
    await built('console/console.js')
  );
  const { linesOf, meetsBars } = /** @type {typeof import('./table.js')} */ (
    await built('console/table.js')
  );
  const { newOperator } = /** @type {typeof import('../../load/operator.js')} */ (
    await built('../load/operator.js')
  );
  const operator = await newOperator(ground);
  const chromium = { executablePath, args: browserArguments };
  const servers = { ...(await serversFor(ground, 'console')), databaseUrl };
  const looked = await runConsole(servers, { chromium, bodyKeyFile, operator, times });
  show(linesOf(looked));
  return meetsBars(looked);
};

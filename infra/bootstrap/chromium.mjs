import { installPart, hasApt, parts, rootPrefix } from './packages.mjs';
import { SetupProblem } from './problem.mjs';
import { findProgram } from './programs.mjs';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/** The browser that the tests of the console use: the one that `LBBUS_CHROMIUM` names, or one that is installed. */
export const findChromium = () =>
  process.env['LBBUS_CHROMIUM'] ??
  names.map((name) => findProgram(name)).find((program) => program !== undefined);

/** With which it is started, by tests and the bench: without a window, and without calls of its own. */
export const browserArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How to come to a browser, for a person. */
export const waysToChromium = [
  'install Chromium or Google Chrome: apt-get install chromium',
  'name one that is there: LBBUS_CHROMIUM=/path/to/chrome npm test',
];

/**
 * The browser for the tests; installed where it is not there and may be.
 * @param {(text: string) => void} note
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>}
 */
export const provideChromium = async (note, signal) => {
  const found = findChromium();
  if (found !== undefined) {
    note(found);
    return found;
  }
  const prefix = hasApt() ? await rootPrefix() : undefined;
  if (prefix) await installPart(parts.chromium, { prefix, note, ...(signal && { signal }) });
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new SetupProblem(
    'The tests of the console need a Chromium, and none is here.',
    waysToChromium,
  );
};

import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {object} FileResult
 * @property {number} numPassingTests
 * @property {number} numFailingTests
 * @property {string | null | undefined} failureMessage
 * @property {{ message: string } | undefined} testExecError
 * @property {{ start: number, end: number }} perfStats milliseconds
 * @property {{ status: string, fullName: string, failureMessages: string[] }[]} testResults
 */

const escapes = /\u001b\[[\d;]*m/g;

/**
 * What failed in a file: each test with the first line of its message.
 * @param {string} file
 * @param {FileResult} result
 */
const failuresOf = (file, { testResults, testExecError }) => [
  ...(testExecError ? [`${file}: ${testExecError.message}`] : []),
  ...testResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages: [message = ''] }) => {
      const [first = ''] = message.replaceAll(escapes, '').split('\n');
      return `${file}: ${fullName}\n      ${first}`;
    }),
];

/**
 * One line per test file, failures in full, and the counts with a line for each failure in the file that `LBBUS_TEST_COUNTS`
 * names. A test file that cannot be loaded is one failed test.
 */
export default class Reporter {
  /** @type {string[]} */
  failures = [];

  /** @param {{ rootDir: string }} config */
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  /**
   * @param {{ path: string }} test
   * @param {FileResult} result
   */
  onTestResult(test, result) {
    const file = relative(this.rootDir, test.path);
    const {
      numPassingTests: passed,
      numFailingTests: failed,
      failureMessage,
      testExecError,
    } = result;
    const broken = failed > 0 || testExecError !== undefined || Boolean(failureMessage);
    const { start, end } = result.perfStats;
    const count = broken ? `${failed} of ${passed + failed} failed` : `${passed}`;
    console.log(
      `    ${broken ? '✗' : '✓'} ${file} (${count}, ${((end - start) / 1000).toFixed(1)} s)`,
    );
    if (!broken) return;
    this.failures.push(...failuresOf(file, result));
    console.log(failureMessage ?? String(testExecError?.message));
  }

  /**
   * @param {unknown} _contexts
   * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number }} results
   */
  onRunComplete(_contexts, results) {
    const file = process.env['LBBUS_TEST_COUNTS'];
    if (file === undefined) return;
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    writeFileSync(file, JSON.stringify({ passed, failed, failures: this.failures }));
  }
}

import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * One line per test file, failures in full, and the counts in the file that `LBBUS_TEST_COUNTS` names. A test file
 * that cannot be loaded is one failed test.
 */
export default class Reporter {
  /** @param {import('@jest/reporters').Config.GlobalConfig} config */
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  /**
   * @param {import('@jest/reporters').Test} test
   * @param {import('@jest/reporters').TestResult} result
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
    if (broken) console.log(failureMessage ?? String(testExecError?.message));
  }

  /**
   * @param {unknown} _contexts
   * @param {import('@jest/reporters').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const file = process.env['LBBUS_TEST_COUNTS'];
    if (file === undefined) return;
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    writeFileSync(file, JSON.stringify({ passed, failed }));
  }
}

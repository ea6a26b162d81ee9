import { buildIfStale } from './build.mjs';
import { runChecks } from './checks.mjs';
import { installDependencies } from './dependencies.mjs';
import { explain } from './problem.mjs';
import { createSteps } from './steps.mjs';

/**
 * `npm run check`: the static checks.
 * @returns {Promise<number>} the exit code
 */
export const checkCommand = async () => {
  const steps = createSteps(process.stdout);
  try {
    await steps.run('dependencies', (note) => installDependencies(note));
    // The generators run from dist; where the build fails, the types fail too and say why.
    await steps.run('build', (note) => buildIfStale(note)).catch(() => undefined);
    const { passed, failed } = await runChecks(steps);
    steps.print(`\n${passed} passed, ${failed} failed`);
    return failed > 0 ? 1 : 0;
  } catch (error) {
    steps.print(`\n${explain(error)}`);
    return 1;
  }
};

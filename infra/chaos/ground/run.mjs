import { buildIfStale } from '../../bootstrap/build.mjs';
import { installDependencies } from '../../bootstrap/dependencies.mjs';
import { takeLock } from '../../bootstrap/lock.mjs';
import { explain } from '../../bootstrap/problem.mjs';
import { openSession } from '../../bootstrap/session.mjs';
import { createSteps } from '../../bootstrap/steps.mjs';
import { removeGround, removeLeftovers, runState } from './place.mjs';

/**
 * A run as its work finds it: everything is installed and built; the ground is opened when it is asked for.
 * @typedef {object} Run
 * @property {() => Promise<import('../ground.js').Ground>} openGround
 * @property {(line: string) => void} print
 */

/**
 * Does a run on servers of its own, of which nothing is left behind; answers the exit code, 1 where it was not as it should.
 * @template Options
 * @param {() => Options & { nodes: number, diskMb?: number }} optionsIn throws where the command line does not do
 * @param {(run: Run, options: Options) => Promise<boolean>} work
 * @param {(state: import('../../bootstrap/checkout.mjs').State, options: Options) => string | undefined} [keep]
 *   before the run's folder goes; answers what to say of what was kept
 * @returns {Promise<number>}
 */
export const runOnGround = async (optionsIn, work, keep) => {
  const steps = createSteps(process.stdout);
  try {
    const options = optionsIn();
    await removeLeftovers();
    const state = runState();
    takeLock(state.lock);
    const session = openSession(state.run, () => {
      steps.end();
      steps.print('\n  Stopping.');
    });
    try {
      const well = await session.run(async (signal) => {
        await steps.run('dependencies', (note) => installDependencies(note, signal));
        await steps.run('build', (note) => buildIfStale(note, signal));
        // Not before the dependencies are there: it needs some of them.
        const { openGround } = await import('./ground.mjs');
        const { nodes, diskMb } = options;
        const open = () => openGround({ state, nodes, diskMb, steps });
        return work({ openGround: open, print: steps.print }, options);
      });
      return well ? 0 : 1;
    } finally {
      await session.close();
      const kept = keep?.(state, options);
      if (kept !== undefined) steps.print(kept);
      removeGround(state);
    }
  } catch (error) {
    steps.end();
    steps.print(`\n${explain(error)}`);
    return 1;
  }
};

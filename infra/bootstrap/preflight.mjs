import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { root } from './checkout.mjs';
import { SetupProblem } from './problem.mjs';

const neededBytes = 1_000_000_000;

/** @param {number} bytes */
const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * Throws where the checkout cannot be written to, or its disk has less than 1 GB left.
 * @param {string} stateFolder
 */
export const requireRoom = (stateFolder) => {
  try {
    accessSync(root, constants.W_OK);
    mkdirSync(stateFolder, { recursive: true });
    accessSync(stateFolder, constants.W_OK);
  } catch (cause) {
    throw new SetupProblem(
      `This user cannot write to ${root}, where dependencies, build and data go.`,
      ['make it writable', 'copy or clone the project to a folder of your own and start it there'],
      { cause },
    );
  }
  const { bavail, bsize } = statfsSync(stateFolder);
  const freeBytes = bavail * bsize;
  if (freeBytes < neededBytes)
    throw new SetupProblem(
      `The disk under ${stateFolder} has ${gigabytes(freeBytes)} left; at least ${gigabytes(neededBytes)} is needed.`,
      'free some space, or move the checkout to a larger disk',
    );
};

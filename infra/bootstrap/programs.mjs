import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} file */
const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * The first of `places`, then of the folders of PATH and the usual system folders, that holds the program.
 * @param {string} name
 * @param {readonly string[]} [places]
 */
export const findProgram = (name, places = []) => {
  const system = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...places, ...path, ...system].map((folder) => join(folder, name)).find(isProgram);
};

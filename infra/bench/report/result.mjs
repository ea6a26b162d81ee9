import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownState, readJson, writeJson } from '../../bootstrap/checkout.mjs';

/** @typedef {import('./page.js').Result} Result */

const folder = join(ownState.folder, 'bench');

/**
 * The last result of each bench makes the page.
 * @param {Result} result
 */
export const keepResult = (result) => writeJson(join(folder, `${result.name}.json`), result);

/** @returns {Result[]} */
export const keptResults = () => {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => {
        const result = /** @type {Result | undefined} */ (readJson(join(folder, file)));
        return result ? [result] : [];
      });
  } catch {
    return [];
  }
};

import { join } from 'node:path';
import { root } from '../bootstrap/checkout.mjs';

/**
 * @typedef {{ seconds: number, rate: number, minutes: number, messages: number, tenants: readonly number[] }} Options
 * @typedef {object} Run
 * @property {import('../chaos/ground.js').Ground} ground
 * @property {Options} options
 * @property {(line: string) => void} print what is going on
 * @property {(lines: readonly string[]) => void} show what came of it, which the page shows too
 * @property {(measured: Readonly<Record<string, number>>) => void} keep for the page
 */

/**
 * A module of the bench as it was built.
 * @param {string} name
 * @returns {Promise<unknown>}
 */
export const built = (name) => import(join(root, 'dist', 'infra', 'bench', name));

/**
 * @param {import('../chaos/ground.js').Ground} ground
 * @param {string} name
 */
export const serversFor = async (ground, name) => {
  const { serversOn } = /** @type {typeof import('./standing.js')} */ (await built('standing.js'));
  return { ...(await serversOn(ground, name)), groundFolder: ground.folder };
};

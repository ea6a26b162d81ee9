import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './checkout.mjs';

/** @typedef {{ prepare: (stateFolder: string, origin: string) => Promise<void> }} Proeftuin */

/**
 * Has the proeftuin make its tenants, secrets and keys for this deployment; answers the arguments with which the
 * command line applies them.
 * @param {import('./roles.mjs').Deployment} deployment
 * @returns {Promise<readonly string[]>}
 */
export const demoTenants = async ({ stateFolder, proeftuinUrl }) => {
  const program = pathToFileURL(join(root, 'dist/infra/proeftuin/prepare.js')).href;
  /** @type {unknown} */
  const module = await import(program);
  await /** @type {Proeftuin} */ (module).prepare(stateFolder, proeftuinUrl);
  const folder = join(stateFolder, 'proeftuin');
  return ['apply', '-f', join(folder, 'tenants'), '--secrets', join(folder, 'secrets.yaml')];
};

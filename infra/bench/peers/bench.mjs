import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from '../../bootstrap/dependencies.mjs';
import { built, serversFor } from '../built.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Installs the peers beside it, where they are not there yet, and lets each do the same work.
 * @param {import('../built.mjs').Run} run
 */
export const peers = async ({ ground, options, print, show, keep }) => {
  print('    packages of the peers');
  await installDependencies(() => undefined, undefined, here);
  const { runPeers } = /** @type {typeof import('./peers.js')} */ (await built('peers/peers.js'));
  const { isAhead, linesOf, measuredOf } = /** @type {typeof import('./table.js')} */ (
    await built('peers/table.js')
  );
  const servers = await serversFor(ground, 'peers');
  const ran = await runPeers(servers, { seconds: options.seconds / 6 }, print);
  show(linesOf(ran));
  keep(measuredOf(ran));
  return isAhead(ran);
};

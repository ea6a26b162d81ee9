import { built, serversFor } from '../built.mjs';

/**
 * Accept and carry for seconds: the ratios, which tell whether something got slower. They are no measure of what it can do.
 * @param {import('../built.mjs').Run} run
 */
export const quick = async ({ ground, print, show }) => {
  const [{ runAccept }, acceptTable, { runCarry }, carryTable] = await Promise.all([
    /** @type {Promise<typeof import('../accept/accept.js')>} */ (built('accept/accept.js')),
    /** @type {Promise<typeof import('../accept/table.js')>} */ (built('accept/table.js')),
    /** @type {Promise<typeof import('../carry/carry.js')>} */ (built('carry/carry.js')),
    /** @type {Promise<typeof import('../carry/table.js')>} */ (built('carry/table.js')),
  ]);
  const servers = await serversFor(ground, 'quick');
  print('    accept');
  const accepted = await runAccept(servers, { rounds: 1, seconds: 2 });
  print('    carry');
  const carried = await runCarry(servers, { seconds: 5, underWay: 200 });
  show([
    ...acceptTable.linesOf(accepted),
    ...carryTable.linesOf(carried),
    '',
    'Of processes that just started: compare it with another quick look, not with the page.',
  ]);
  return accepted.failed + carried.wrong === 0;
};

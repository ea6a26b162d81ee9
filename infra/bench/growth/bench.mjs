import { built, serversFor } from '../built.mjs';

/**
 * The bus as messages, attachments, replicas and the backlog grow.
 * @param {import('../built.mjs').Run} run
 */
export const growth = async ({ ground, options, print, show, keep }) => {
  const { runGrowth } = /** @type {typeof import('./growth.js')} */ (
    await built('growth/growth.js')
  );
  const { linesOf, measuredOf, meetsGoals } = /** @type {typeof import('./table.js')} */ (
    await built('growth/table.js')
  );
  const servers = await serversFor(ground, 'growth');
  const { messages, seconds } = options;
  const grown = await runGrowth(servers, { messages, seconds: seconds / 18 }, print);
  show(linesOf(grown));
  keep(measuredOf(grown));
  return meetsGoals(grown);
};

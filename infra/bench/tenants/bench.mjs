import { built, serversFor } from '../built.mjs';

/**
 * The bus with few tenants and with many.
 * @param {import('../built.mjs').Run} run
 */
export const tenants = async ({ ground, options, print, show, keep }) => {
  const { runTenants } = /** @type {typeof import('./tenants.js')} */ (
    await built('tenants/tenants.js')
  );
  const { linesOf, measuredOf, meetsGoals } = /** @type {typeof import('./table.js')} */ (
    await built('tenants/table.js')
  );
  const servers = await serversFor(ground, 'tenants');
  const { tenants: counts, seconds } = options;
  const populated = await runTenants(servers, { counts, seconds: seconds / 6 }, print);
  show(linesOf(populated));
  keep(measuredOf(populated));
  return meetsGoals(populated);
};

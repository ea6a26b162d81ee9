import { buildDirectory } from '#tenants/build-directory.js';
import type { Directory, Tenant } from '#tenants/directory.js';
import { readStored } from '#tenants/stored.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import type { Parts } from '../parts.js';

/** A tenant as it is stored at this very moment: what was saved a second ago counts. Throws `ProblemError`. */
export const readNow = async (
  { database, configuring }: Pick<Parts, 'database' | 'configuring'>,
  tenant: string,
): Promise<{ readonly tenant: Tenant; readonly directory: Directory }> => {
  const stored = await database.scoped(tenant, readStored);
  const { directory } = buildDirectory(stored, configuring.keys.body);
  const known = directory.tenants.get(tenant);
  if (!known) throw new ProblemError('not-found', tell('tenant-unknown', { tenant }));
  return { tenant: known, directory };
};

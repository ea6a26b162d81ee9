import type { Database } from '#runtime/database.js';
import { reaches, type Reach } from '../people/person.js';
import { keptBehind, shared } from '../health/kept.js';
import type { HealthWatch } from '../health/watch.js';
import type { Directory } from '#tenants/directory.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import type { Drawing } from './drawing.js';
import { tenantMap, type Definitions } from './tenant-map.js';
import {
  readAllInbound,
  readAllOutbound,
  readApplications,
  readInbound,
  readMonth,
  readOutbound,
} from './traffic.js';
import { wholeMap } from './whole-map.js';

const dayMs = 60_000;
const monthMs = 900_000;

export interface MapOptions {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly health: Pick<HealthWatch, 'snapshot' | 'tenant'>;
  readonly definitions: () => Promise<Definitions>;
}

/** The maps of couplings. Each call throws what PostgreSQL throws. */
export interface Maps {
  /** Of one tenant. Throws `ProblemError` where there is none. */
  readonly tenant: (id: string) => Promise<Drawing>;
  /** Of all that are reached, together; what is counted is up to a minute old, the month a quarter of an hour. */
  readonly all: (reach: Reach) => Promise<Drawing>;
}

const tenantTraffic = ({ database }: MapOptions, id: string) =>
  database.scoped(id, async (trx) => ({
    applications: await readApplications(trx, id),
    inbound: await readInbound(trx, id),
    outbound: await readOutbound(trx, id),
  }));

/** Readings over all tenants are shared by everybody who looks. */
export const openMaps = (options: MapOptions): Maps => {
  const { database, directory, health, definitions } = options;
  const dayOf = (reach: Reach) =>
    database.scoped('*', async (trx) => ({
      inbound: await readAllInbound(trx, reach),
      outbound: await readAllOutbound(trx, reach),
    }));
  const wholeDay = keptBehind(dayMs, () => dayOf(null));
  const applications = shared(() => database.scoped('*', (trx) => readApplications(trx, '*')));
  const month = keptBehind(monthMs, () => database.scoped('*', readMonth));
  return {
    tenant: async (id) => {
      const tenant = directory().tenants.get(id);
      if (!tenant) throw new ProblemError('not-found', tell('tenant-unknown', { tenant: id }));
      const { lines } = await health.tenant(id);
      const traffic = await tenantTraffic(options, id);
      return tenantMap({ tenant, lines, ...traffic }, await definitions(), new Date());
    },
    all: async (reach) => {
      const { tenants, at } = await health.snapshot();
      const { inbound, outbound } = await (reach === null ? wholeDay() : dayOf(reach));
      const reached = <R extends { readonly tenant: string }>(rows: readonly R[]): R[] =>
        rows.filter(({ tenant }) => reaches({ tenants: reach }, tenant));
      return wholeMap(
        {
          tenants: tenants.filter(({ tenant }) => reaches({ tenants: reach }, tenant.id)),
          applications: reached(await applications()),
          month: reached(await month()),
          ...{ inbound, outbound },
        },
        await definitions(),
        at,
      );
    },
  };
};

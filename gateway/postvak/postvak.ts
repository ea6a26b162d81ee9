import type { IncomingMessage } from 'node:http';
import { Refusal } from '#intake/refusal.js';
import type { Database } from '#runtime/database.js';
import { open } from '#runtime/keys.js';
import type { Tenant } from '#tenants/directory.js';
import type { Access } from '../access/access.js';
import { json, type Answer } from '../answer.js';
import { checkedIn, requireNames, wholeNumber, type Query } from '../messages/query.js';
import type { Bell } from '../bell.js';
import { leaseMessages, type LeasedRow, type Place } from './leases.js';

const usualMax = 10;
const mostMessages = 100;
const longestWaitSeconds = 30;
const usualLeaseSeconds = 60;
/** An expired lease or delay rings no bell. */
const lookAgainMs = 1_000;

/** The postvak a caller means. Throws 403 where its credential may not read it, 404 where there is none. */
export const placeOf = ({ tenant, credential }: Access, postvak: string): Place => {
  const allowed = credential.postvakken.includes(postvak) || credential.postvakken.includes('*');
  if (!allowed) throw new Refusal('forbidden', 403, { params: { variant: 'postvak' } });
  if (!tenant.connectors.has(postvak)) throw new Refusal('not-found', 404);
  return { tenant: tenant.id, postvak };
};

const leaseSecondsOf = (tenant: Tenant, { postvak }: Place): number => {
  const setting = Number(tenant.connectors.get(postvak)?.settings['leaseSeconds']);
  return setting >= 10 && setting <= 600 ? setting : usualLeaseSeconds;
};

const viewOf = (row: LeasedRow, tenant: Tenant) => {
  const plain = open(row.body, tenant.bodyKeys, `${tenant.id}|${row.message}`);
  return {
    lease: row.lease,
    leasedUntil: row.leased_until.toISOString(),
    event: JSON.parse(plain.toString('utf8')) as object,
  };
};

export interface PullParts {
  readonly database: Database;
  readonly bell: Bell;
  /** True once the process is leaving: nobody waits any longer. */
  readonly leaving: () => boolean;
}

/** Leases messages for a caller, waiting up to `wait` seconds for the first; one that left meanwhile gets none. */
export const pull = async (
  { database, bell, leaving }: PullParts,
  { access, name, query, request }: Pull,
): Promise<Answer> => {
  const place = placeOf(access, name);
  requireNames(query, ['max', 'wait']);
  const max = checkedIn(query, 'max', wholeNumber(1, mostMessages)) ?? usualMax;
  const wait = checkedIn(query, 'wait', wholeNumber(0, longestWaitSeconds)) ?? 0;
  const wish = { max, leaseSeconds: leaseSecondsOf(access.tenant, place) };
  const deadline = performance.now() + wait * 1000;
  for (;;) {
    if (request.socket.destroyed) return json(200, { messages: [] });
    const messages = await database.scoped(place.tenant, async (trx) =>
      (await leaseMessages(trx, place, wish)).map((row) => viewOf(row, access.tenant)),
    );
    const leftMs = deadline - performance.now();
    if (messages.length > 0 || leftMs <= 0 || leaving()) return json(200, { messages });
    await bell.rung(`${place.tenant}/${place.postvak}`, Math.min(leftMs, lookAgainMs));
  }
};

interface Pull {
  readonly access: Access;
  readonly name: string;
  readonly query: Query;
  readonly request: IncomingMessage;
}

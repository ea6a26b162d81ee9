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
/** A lease or delay that has run out, and what lay behind it, ring no bell: while something lies there it is looked for again. */
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

interface Pulling {
  readonly place: Place;
  readonly max: number;
  readonly leaseSeconds: number;
  readonly waitMs: number;
  /** The caller has left: nothing is leased to it any more. */
  readonly gone: () => boolean;
}

/** Leases as soon as there is something to lease; nothing where that took longer than `waitMs`. */
export const leaseInTime = async (
  { database, bell, leaving }: PullParts,
  { place, waitMs, gone, ...wish }: Pulling,
): Promise<readonly LeasedRow[]> => {
  const deadline = performance.now() + waitMs;
  // From before the first look: what is laid down between a look and the wait after it is heard.
  const hearing = bell.hear(`${place.tenant}/${place.postvak}`);
  try {
    while (!gone()) {
      const { rows, lies } = await database.scoped(place.tenant, (trx) =>
        leaseMessages(trx, place, wish),
      );
      const leftMs = deadline - performance.now();
      if (rows.length > 0 || leftMs <= 0 || leaving()) return rows;
      await hearing.rung(lies ? Math.min(leftMs, lookAgainMs) : leftMs);
    }
    return [];
  } finally {
    hearing.close();
  }
};

/** Leases messages for a caller, waiting up to `wait` seconds for the first; one that left meanwhile gets none. */
export const pull = async (
  parts: PullParts,
  { access, name, query, request }: Pull,
): Promise<Answer> => {
  const place = placeOf(access, name);
  requireNames(query, ['max', 'wait']);
  const max = checkedIn(query, 'max', wholeNumber(1, mostMessages)) ?? usualMax;
  const wait = checkedIn(query, 'wait', wholeNumber(0, longestWaitSeconds)) ?? 0;
  const rows = await leaseInTime(parts, {
    ...{ place, max, leaseSeconds: leaseSecondsOf(access.tenant, place) },
    ...{ waitMs: wait * 1_000, gone: () => request.socket.destroyed },
  });
  return json(200, { messages: rows.map((row) => viewOf(row, access.tenant)) });
};

interface Pull {
  readonly access: Access;
  readonly name: string;
  readonly query: Query;
  readonly request: IncomingMessage;
}

import { Refusal } from '#intake/refusal.js';
import { meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import type { Database, Scoped } from '#runtime/database.js';
import { open } from '#runtime/keys.js';
import { progressPlaces } from '#tenants/burgerprofiel/places.js';
import type { Tenant } from '#tenants/directory.js';
import type { Access } from '../access/access.js';
import { readStatus } from '../messages/read.js';
import { sourceOf } from './caller.js';
import { placed } from './pieces.js';
import { meldingenOf, meldingPath } from './submit.js';

interface Meldingstatus {
  readonly statusType: { readonly '@id': string };
  readonly statusdatum: string;
  readonly beschrijving: string | { readonly '@value': string };
}

/** The last word about a melding, from whichever system it came. */
const lastStatus = (trx: Scoped, subject: string) =>
  trx
    .selectFrom('monitoring.message')
    .select(['id', 'body'])
    .where('subject', '=', subject)
    .where('type', '=', meldingStatusGewijzigd.type)
    .orderBy('accepted_at', 'desc')
    .limit(1)
    .executeTakeFirst();

const opened = (
  found: { readonly id: string; readonly body: Buffer | null } | undefined,
  { id, bodyKeys }: Tenant,
): Meldingstatus | undefined => {
  if (!found?.body) return undefined;
  const plain = open(found.body, bodyKeys, `${id}|${found.id}`).toString('utf8');
  const event = JSON.parse(plain) as { readonly data: { readonly heeftStatus: Meldingstatus[] } };
  return event.data.heeftStatus[0];
};

const wordsOf = (status: Meldingstatus | undefined): string | undefined =>
  typeof status?.beschrijving === 'object' ? status.beschrijving['@value'] : status?.beschrijving;

/** What became of a melding that came in here: where it is on the bus, and its last status. Throws 404. */
export const readProgress = async (
  database: Database,
  access: Access,
  id: string,
): Promise<object> => {
  const { tenant } = access;
  const { status, type, source, subject } = await readStatus(database, tenant, id);
  if (type !== meldingIngediend.type || source !== sourceOf(tenant))
    throw new Refusal('not-found', 404);
  const last = opened(await database.scoped(tenant.id, (trx) => lastStatus(trx, subject)), tenant);
  return placed(
    {
      id,
      status,
      link: meldingPath(tenant.id, id),
      meldingStatus: last?.statusType['@id'],
      meldingStatusText: wordsOf(last),
      meldingStatusAt: last?.statusdatum,
    },
    progressPlaces,
    meldingenOf(access).names?.answer,
  );
};

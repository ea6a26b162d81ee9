import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { Scoped } from '#runtime/database.js';
import { last, unread } from '#runtime/riding.js';

/** One postvak of one tenant. */
export interface Place {
  readonly tenant: string;
  readonly postvak: string;
}

export interface LeasedRow {
  readonly id: string;
  readonly message: string;
  readonly body: Buffer;
  readonly lease: string;
  readonly leased_until: Date;
}

const ofPlace = ({ tenant, postvak }: Place) => sql`tenant = ${tenant} and postvak = ${postvak}`;

/** Pulls of one postvak go one at a time, so that two never share out the messages of one subject. */
const lock = async (trx: Scoped, { tenant, postvak }: Place): Promise<void> => {
  const name = `postvak|${tenant}|${postvak}`;
  await unread(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`).execute(trx);
};

/** What was leased, oldest first, and whether anything lies in the postvak that was not acknowledged. */
export interface Leased {
  readonly rows: readonly LeasedRow[];
  readonly lies: boolean;
}

/**
 * Leases up to `max` messages, oldest first. A message is free where it is visible, not leased, and no earlier one of its
 * subject is leased or delayed; so later ones of a subject come only together with, or after, the earlier ones.
 */
export const leaseMessages = async (
  trx: Scoped,
  place: Place,
  { max, leaseSeconds }: { readonly max: number; readonly leaseSeconds: number },
): Promise<Leased> => {
  await lock(trx, place);
  const { rows } = await last(sql<(LeasedRow | { readonly id: null }) & { readonly lies: boolean }>`
    with lying as (
      select id, subject,
        coalesce(leased_until > clock_timestamp(), false) or visible_at > clock_timestamp() as taken
      from delivery.postvak
      where ${ofPlace(place)} and acknowledged_at is null
    ), barrier as (
      select subject, min(id) as id from lying where taken group by subject
    ), free as (
      select lying.id from lying left join barrier using (subject)
      where not lying.taken and (barrier.id is null or lying.id < barrier.id)
      order by lying.id limit ${max}
    ), leased as (
      update delivery.postvak
      set lease = gen_random_uuid(),
        leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8)
      where id in (select id from free)
      returning id, message, body, lease, leased_until
    )
    select leased.*, exists (select from lying) as lies from (select) as once left join leased on true`).execute(
    trx,
  );
  const leased = rows.filter((row): row is LeasedRow & { lies: boolean } => row.id !== null);
  leased.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  return { rows: leased, lies: rows.some(({ lies }) => lies) };
};

export interface AcknowledgedRow {
  readonly lease: string;
  readonly message: string;
  readonly envelope: Envelope;
  readonly acknowledged_at: Date;
  /** False where an earlier call said so already. */
  readonly fresh: boolean;
}

/** Marks what the leases stand for as received; an acknowledged one may be acknowledged again, with the same answer. */
export const acknowledge = async (
  trx: Scoped,
  place: Place,
  leases: readonly string[],
): Promise<readonly AcknowledgedRow[]> => {
  // Else it is planned anew for each list of leases, which takes longer than to find them.
  await unread(sql`set local plan_cache_mode = force_generic_plan`).execute(trx);
  const { rows } = await sql<AcknowledgedRow>`
    with known as (
      select id, acknowledged_at is null as fresh from delivery.postvak
      where ${ofPlace(place)} and lease = any(${leases}::uuid[])
      for update
    )
    update delivery.postvak
    set acknowledged_at = coalesce(acknowledged_at, clock_timestamp())
    from known where postvak.id = known.id
    returning lease, message, envelope, acknowledged_at, fresh`.execute(trx);
  return rows;
};

/** Gives leased messages back, to be seen again after the delay. Answers the leases it knew. */
export const giveBack = async (
  trx: Scoped,
  place: Place,
  { leases, delaySeconds }: { readonly leases: readonly string[]; readonly delaySeconds: number },
): Promise<readonly string[]> => {
  const { rows } = await sql<{ lease: string }>`
    with known as (
      select id, lease from delivery.postvak
      where ${ofPlace(place)} and lease = any(${leases}::uuid[]) and acknowledged_at is null
      for update
    )
    update delivery.postvak
    set lease = null, leased_until = null,
      visible_at = clock_timestamp() + make_interval(secs => ${delaySeconds}::float8)
    from known where postvak.id = known.id
    returning known.lease`.execute(trx);
  return rows.map(({ lease }) => lease);
};

import { sql } from 'kysely';
import type { Database } from '#runtime/database.js';
import { digestOf, newSecret } from './cookie.js';
import type { Person } from './person.js';
import { isRole } from './rights.js';

/** A session in which nobody asks anything ends. */
export const idleMinutes = 30;
/** However busy, a session ends: the working day is over. */
export const longestHours = 10;
/** How often use is written down: not at each request. */
const writeUseSeconds = 60;

/** Whoever signed in, with the name that the window shows her. */
export interface SignedIn extends Person {
  readonly shown: string;
}

/** A session that goes on. */
export interface Session {
  readonly person: SignedIn;
  /** When it ends however busy it is. */
  readonly endsAt: Date;
  readonly hint: Buffer | null;
}

interface Row {
  readonly name: string;
  readonly shown: string;
  readonly roles: string[];
  readonly tenants: string[] | null;
  readonly ends_at: Date;
  readonly hint: Buffer | null;
}

const alive = sql`used_at > now() - make_interval(mins => ${idleMinutes}::int)
  and opened_at > now() - make_interval(hours => ${longestHours}::int)`;

/** Begins a session; answers what the browser is to hold. `hintOf` makes of that what is kept for the sign-out. */
export const openSession = (
  database: Database,
  person: SignedIn,
  hintOf: (secret: string) => Buffer | null = () => null,
): Promise<string> =>
  database.scoped('*', async (trx) => {
    await sql`delete from monitoring.session where not (${alive})`.execute(trx);
    const secret = newSecret();
    const { name, shown, roles, tenants } = person;
    await trx
      .insertInto('monitoring.session')
      .values({
        ...{ digest: digestOf(secret), name, shown, roles: [...roles], hint: hintOf(secret) },
        tenants: tenants && [...tenants],
      })
      .execute();
    return secret;
  });

/**
 * The session of what a browser holds; null where there is none any more. `used` keeps it from ending idle: a page that
 * only looks whether something changed does not.
 */
export const findSession = (
  database: Database,
  secret: string,
  used: boolean,
): Promise<Session | null> =>
  database.scoped('*', async (trx) => {
    const digest = digestOf(secret);
    const { rows } = await sql<Row>`
      select name, shown, roles, tenants, hint, opened_at + make_interval(hours => ${longestHours}::int) as ends_at
      from monitoring.session where digest = ${digest} and ${alive}`.execute(trx);
    const [row] = rows;
    if (!row) return null;
    if (used)
      await sql`
      update monitoring.session set used_at = now()
      where digest = ${digest} and used_at < now() - make_interval(secs => ${writeUseSeconds}::int)`.execute(
        trx,
      );
    const { name, shown, tenants, hint } = row;
    const person = { name, shown, roles: row.roles.filter(isRole), tenants: null };
    return {
      person: { ...person, tenants: tenants && new Set(tenants) },
      endsAt: row.ends_at,
      hint,
    };
  });

/** Ends a session everywhere; answers what was kept for the sign-out. */
export const closeSession = (database: Database, secret: string): Promise<Buffer | null> =>
  database.scoped('*', async (trx) => {
    const gone = await trx
      .deleteFrom('monitoring.session')
      .where('digest', '=', digestOf(secret))
      .returning('hint')
      .executeTakeFirst();
    return gone?.hint ?? null;
  });

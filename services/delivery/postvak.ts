import { sql } from 'kysely';
import type { Message } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import type { Postvak } from '#kit/platform.js';
import type { Database } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import { last, unread } from '#runtime/riding.js';
import { sealEvent } from './body.js';
import type { InHand } from './in-hand.js';
import type { Line } from './line.js';
import { isDatabaseAway } from './patience.js';

/** Told on it, with `tenant/postvak`, when a message was laid down. */
export const postvakChannel = 'lbbus_postvak';

export interface PostvakOptions {
  readonly database: Database;
  readonly keysOf: (tenant: string) => KeyRing;
  readonly inHand: InHand;
}

/** The postvak of one connector instance, in PostgreSQL: a message lies in it once, its body sealed. */
export const createPostvak = (options: PostvakOptions, line: Line): Postvak => ({
  put: async (message: Message) => {
    const { tenant, target } = line;
    const envelope = options.inHand.envelopeOf(line, message.busId);
    if (!envelope) throw new Error('a postvak takes only the message that is being delivered');
    const body = sealEvent(envelope, message.event, options.keysOf(tenant));
    try {
      await options.database.scoped(tenant, async (trx) => {
        await unread(sql`
          insert into delivery.postvak (tenant, postvak, subject, message, envelope, body)
          values (${tenant}, ${target}, ${envelope.subject}, ${envelope.id}, ${JSON.stringify(envelope)}::jsonb, ${body})
          on conflict (tenant, postvak, message) do nothing`).execute(trx);
        await last(sql`select pg_notify(${postvakChannel}, ${`${tenant}/${target}`})`).execute(trx);
      });
    } catch (cause) {
      if (!isDatabaseAway(cause)) throw cause;
      throw new Failure('retry', 'The postvak cannot be written now', {
        code: 'unavailable',
        cause,
      });
    }
  },
});

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Answer, Doors } from '#infra/load/doors.js';
import { ingediend } from '#infra/load/messages.js';
import { persons } from '#infra/load/persons.js';
import type { Random } from '#infra/load/random.js';
import { invalidOf } from '#infra/load/stories.js';
import { systemTargets, type LoadTenant } from '#infra/load/tenants.js';
import type { Systems } from '#infra/load/systems.js';

/** What the neighbours in trouble are given to work with. */
export interface Street {
  readonly doors: Doors;
  readonly systems: Systems;
  readonly database: Pool;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** One kind of trouble that a tenant makes; resolves when it has been made, at the latest when the signal is aborted. */
export type Trouble = (street: Street, tenant: LoadTenant) => Promise<void>;

const floodSize = 10_000;
const batchSize = 500;
const batchesAtOnce = 4;
const everyMs = 20;

const eventOf = (tenant: LoadTenant, random: Random, id: string) =>
  ingediend({ tenant, number: id, id, person: random.pick(persons) }, random);

const post = (street: Street, tenant: LoadTenant, media: string, body: unknown) =>
  street.doors.insist('/v1/messages', tenant.key, {
    method: 'POST',
    headers: { 'content-type': `application/${media}` },
    body: JSON.stringify(body),
    signal: street.signal,
  });

interface BatchResult {
  readonly index: number;
  readonly status: number;
}

/** What was refused of a batch as over the rate of the tenant, or all of it where it was not answered. */
const refusedOf = <T>(batch: readonly T[], answer: Answer | null): T[] => {
  const results = (answer?.json['results'] ?? []) as readonly BatchResult[];
  if (results.length === 0) return [...batch];
  return results
    .filter(({ status }) => status === 429)
    .flatMap(({ index }) => batch.slice(index, index + 1));
};

/** 10,000 meldingen at once, in batches; what is over the rate is sent again at once, as a program does that has no patience. */
const flood: Trouble = async (street, tenant) => {
  const batches = Array.from({ length: floodSize / batchSize }, (_, batch) =>
    Array.from({ length: batchSize }, (_item, item) =>
      eventOf(tenant, street.random, `flood-${batch * batchSize + item}`),
    ),
  );
  const send = async (): Promise<void> => {
    for (let batch = batches.pop(); batch && !street.signal.aborted; batch = batches.pop()) {
      const answer = await post(street, tenant, 'cloudevents-batch+json', batch);
      const refused = refusedOf(batch, answer);
      if (refused.length > 0) batches.push(refused);
      if (refused.length === batch.length) await pause(everyMs);
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, send));
};

/** Its systems take the call and never answer; its application goes on sending, fifty a second. */
const hang: Trouble = async (street, tenant) => {
  for (const target of systemTargets) street.systems.behave(tenant.id, target, 'silent');
  for (let count = 0; !street.signal.aborted; count += 1) {
    await post(street, tenant, 'cloudevents+json', eventOf(tenant, street.random, `hang-${count}`));
    await pause(everyMs);
  }
};

/** Its application sends nothing but invalid messages, as fast as it is refused. */
const nonsense: Trouble = async (street, tenant) => {
  for (let count = 0; !street.signal.aborted; count += 1) {
    const event = eventOf(tenant, street.random, `nonsense-${count}`);
    await post(street, tenant, 'cloudevents+json', invalidOf(event, event.id));
  }
};

const replayPerSecond = 100;

/** All that is parked of it is tried again, as an operator orders it. */
const replay: Trouble = async ({ database }, tenant) => {
  await database.query(
    `with ordered as (
       insert into delivery.parked_order
         (id, tenant, act, state, rate, stop_percent, operator, reason, started_at, counted_from)
       values ($1, $2, 'replay', 'running', $3, 100, 'bench', 'neighbours', now(), now()) returning id)
     insert into delivery.parked_item (order_id, row_id, tenant, target, subject, message, type,
       parked_code, parked_at, uncertain, sequence, active)
     select ordered.id, w.id, w.tenant, w.target, w.subject, w.message, w.envelope ->> 'type',
       w.code, w.due_at, false, w.sequence, true
     from delivery.waiting w, ordered where w.state = 'parked' and w.tenant = $2`,
    [randomUUID(), tenant.id, replayPerSecond],
  );
};

/** The neighbours in trouble, by what they do. */
export const troubles: readonly { readonly words: string; readonly trouble: Trouble }[] = [
  { words: '10,000 meldingen at once', trouble: flood },
  { words: 'systems that hang', trouble: hang },
  { words: 'only invalid messages', trouble: nonsense },
  { words: 'a replay of 50,000', trouble: replay },
];

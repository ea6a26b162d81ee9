import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Doors } from '#infra/load/doors.js';
import { ingediend } from '#infra/load/messages.js';
import type { Operator } from '#infra/load/operator.js';
import { persons } from '#infra/load/persons.js';
import type { Random } from '#infra/load/random.js';
import { invalidOf } from '#infra/load/stories.js';
import { systemTargets, type LoadTenant } from '#infra/load/tenants.js';
import type { Systems } from '#infra/load/systems.js';

/** What the neighbours in trouble are given to work with. */
export interface Street {
  readonly doors: Doors;
  readonly systems: Systems;
  readonly operator: Pick<Operator, 'post'>;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** One kind of trouble that a tenant makes: resolves when it has been made, at the latest when the signal is aborted. */
export type Making = () => Promise<void>;

/** Prepares what its own applications would have ready. */
export type Trouble = (street: Street, tenant: LoadTenant) => Making;

const floodSize = 10_000;
const batchSize = 500;
const batchesAtOnce = 4;
const everyMs = 20;

const eventOf = (tenant: LoadTenant, random: Random, id: string) =>
  ingediend({ tenant, number: id, id, person: random.pick(persons) }, random);

const post = (street: Street, tenant: LoadTenant, media: string, body: string) =>
  street.doors.insist('/v1/messages', tenant.key, {
    method: 'POST',
    headers: { 'content-type': `application/${media}` },
    body,
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
const flood: Trouble = (street, tenant) => {
  const batches = Array.from({ length: floodSize / batchSize }, (_, batch) =>
    Array.from({ length: batchSize }, (_item, item) =>
      JSON.stringify(eventOf(tenant, street.random, `flood-${batch * batchSize + item}`)),
    ),
  );
  const send = async (): Promise<void> => {
    for (let batch = batches.pop(); batch && !street.signal.aborted; batch = batches.pop()) {
      const answer = await post(street, tenant, 'cloudevents-batch+json', `[${batch.join(',')}]`);
      const refused = refusedOf(batch, answer);
      if (refused.length > 0) batches.push(refused);
      if (refused.length === batch.length) await pause(everyMs);
    }
  };
  return async () => {
    await Promise.all(Array.from({ length: batchesAtOnce }, send));
  };
};

/** Its systems take the call and never answer; its application goes on sending, fifty a second. */
const hang: Trouble = (street, tenant) => async () => {
  for (const target of systemTargets) street.systems.behave(tenant.id, target, 'silent');
  for (let count = 0; !street.signal.aborted; count += 1) {
    const event = eventOf(tenant, street.random, `hang-${count}`);
    await post(street, tenant, 'cloudevents+json', JSON.stringify(event));
    await pause(everyMs);
  }
};

/** Its application sends nothing but invalid messages, as fast as it is refused. */
const nonsense: Trouble = (street, tenant) => async () => {
  for (let count = 0; !street.signal.aborted; count += 1) {
    const event = eventOf(tenant, street.random, `nonsense-${count}`);
    const invalid = JSON.stringify(invalidOf(event, event.id));
    await post(street, tenant, 'cloudevents+json', invalid);
  }
};

const replayPerSecond = 100;

/** All that is parked of it is tried again, as an operator orders it. */
const replay: Trouble =
  ({ operator }, tenant) =>
  async () => {
    const reason = 'neighbours';
    const pace = { ratePerSecond: replayPerSecond, stopAtFailurePercent: 100 };
    const selection = { tenant: tenant.id };
    const planned = await operator.post('/orders', { act: 'replay', selection, reason, ...pace });
    if (planned.status !== 201) throw new Error(`no order was planned: ${planned.text}`);
    const { id } = JSON.parse(planned.text) as { readonly id: string };
    const started = await operator.post(`/orders/${id}/start`, { reason });
    if (started.status !== 200) throw new Error(`the order was not started: ${started.text}`);
  };

/** The neighbours in trouble, by what they do. */
export const troubles: readonly { readonly words: string; readonly trouble: Trouble }[] = [
  { words: '10,000 meldingen at once', trouble: flood },
  { words: 'systems that hang', trouble: hang },
  { words: 'only invalid messages', trouble: nonsense },
  { words: 'a replay of 50,000', trouble: replay },
];

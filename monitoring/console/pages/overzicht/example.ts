import { randomUUID } from 'node:crypto';
import type { Database } from '#runtime/database.js';

interface Line {
  readonly tenant: string;
  readonly target: string;
  readonly connector: string;
}

/** What may be the matter with a line; by its place in the list every few lines have one. */
const matters = [
  { every: 97, at: 0, kind: 'held' },
  { every: 83, at: 5, kind: 'away' },
  { every: 71, at: 31, kind: 'parked-growing' },
  { every: 53, at: 3, kind: 'parked' },
  { every: 113, at: 17, kind: 'held-by-operator' },
  { every: 61, at: 8, kind: 'waiting' },
] as const;

type Matter = (typeof matters)[number]['kind'];

const matterOf = (place: number): Matter | null =>
  matters.find(({ every, at }) => place % every === at)?.kind ?? null;

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

const row = ({ tenant, target }: Line, state: 'waiting' | 'parked', code: string) => ({
  ...{ tenant, target, state, code, message: randomUUID(), subject: `urn:example:${randomUUID()}` },
  due_at: state === 'parked' ? minutesAgo(12) : minutesAgo(-3),
  detail: state === 'parked' ? 'The category "Voetpad" is not known' : 'No answer within 15 s',
  created_at: minutesAgo(25),
  envelope: JSON.stringify({ type: 'be.lbbus.melding.ingediend.v1' }),
  body: Buffer.from('sealed'),
});

const rowsOf = (line: Line, matter: Matter | null) => {
  if (matter === 'parked-growing')
    return Array.from({ length: 7 }, () => row(line, 'parked', 'unknown-value'));
  if (matter === 'parked') return [row(line, 'parked', 'invalid'), row(line, 'parked', 'invalid')];
  if (matter === 'waiting' || matter === 'away') return [row(line, 'waiting', 'timeout')];
  return [];
};

const holdOf = ({ tenant, target }: Line, matter: Matter | null) => {
  const since = minutesAgo(48);
  if (matter === 'held')
    return [{ tenant, target, since, code: 'unauthorized', detail: 'Refused', held_by: 'bus' }];
  if (matter === 'held-by-operator')
    return [
      { tenant, target, since, code: 'operator', detail: 'Onderhoud', held_by: 'an.voorbeeld' },
    ];
  return [];
};

const circuitOf = ({ tenant, target }: Line, matter: Matter | null) =>
  matter === 'away'
    ? [
        {
          ...{ tenant, target, replica: randomUUID(), phase: 'open' as const, openings: 4 },
          since: minutesAgo(16),
          probe_at: minutesAgo(-1),
          // Of a process that is not there: it must not be taken for gone while the page is looked at.
          seen_at: minutesAgo(-60),
        },
      ]
    : [];

/** What went through a line in the last hour: every one of them in seconds. */
const messagesOf = (line: Line, place: number) =>
  Array.from({ length: 1 + (place % 5) }, (_, number) => {
    const id = randomUUID();
    const acceptedAt = minutesAgo(2 + ((place * 7 + number * 13) % 55));
    const criticalMs = 300 + ((place * 97 + number * 41) % 1_900);
    return {
      message: {
        ...{ tenant: line.tenant, id, kind: 'event', sender_id: id, status: 'delivered' },
        ...{ type: 'be.lbbus.melding.ingediend.v1', source: `urn:lb:${line.tenant}:meldpunt` },
        ...{ subject: `urn:example:${id}`, time: acceptedAt.toISOString(), digest: id },
        accepted_at: acceptedAt,
      },
      step: {
        ...{ tenant: line.tenant, message: id, id: randomUUID(), target: line.target },
        ...{ connector: line.connector, sequence: 1, duration_ms: criticalMs },
        ...{ outcome: 'delivered', critical_ms: criticalMs },
        at: new Date(acceptedAt.getTime() + criticalMs),
      },
    };
  });

/** Fills an empty database with an hour as it could be: most lines well, some held, away, parked or waiting. */
export const fillAnHour = (database: Database): Promise<void> =>
  database.scoped('*', async (trx) => {
    const lines: Line[] = await trx
      .selectFrom('tenants.connector')
      .select(['tenant', 'name as target', 'connector'])
      .orderBy('tenant')
      .orderBy('name')
      .execute();
    const told = lines.map((line, place) => ({ line, place, matter: matterOf(place) }));
    const messages = told.flatMap(({ line, place }) =>
      place % 9 === 7 ? [] : messagesOf(line, place),
    );
    const holds = told.flatMap(({ line, matter }) => holdOf(line, matter));
    const circuits = told.flatMap(({ line, matter }) => circuitOf(line, matter));
    const rows = told.flatMap(({ line, matter }) => rowsOf(line, matter));
    await trx
      .insertInto('monitoring.message')
      .values(messages.map(({ message }) => message))
      .execute();
    await trx
      .insertInto('monitoring.step')
      .values(messages.map(({ step }) => step))
      .execute();
    if (holds.length > 0) await trx.insertInto('delivery.hold').values(holds).execute();
    if (circuits.length > 0) await trx.insertInto('delivery.circuit').values(circuits).execute();
    if (rows.length > 0) await trx.insertInto('delivery.waiting').values(rows).execute();
  });

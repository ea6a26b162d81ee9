import { randomUUID } from 'node:crypto';
import type { Database, Scoped } from '#runtime/database.js';

const tenant = 'aalter';
const subject = 'https://meldingen.aalter.example/id/melding/2026-0421';

/** Some time before now, and so many seconds after that. */
const begunAt = Date.now() - 38 * 60_000;
const after = (seconds: number): Date => new Date(begunAt + seconds * 1_000);

interface Told {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly seconds: number;
  readonly causedBy?: string;
}

const messageOf = ({ id, type, source, seconds, causedBy }: Told) => ({
  ...{ tenant, id, type, source, subject, kind: 'event', status: 'delivered' },
  ...{ sender_id: `2026-0421-${id.slice(0, 4)}`, digest: id, time: after(seconds).toISOString() },
  ...{ accepted_at: after(seconds), correlation_id: id, causation_id: causedBy ?? null },
  ...{ body: Buffer.from('sealed'), verwerking: 'meldingen-openbaar-domein' },
});

const targetOf = (message: string, target: string, externalId: string | null = null) => ({
  ...{ tenant, message, target, status: 'delivered', external_id: externalId },
});

interface Tried {
  readonly target: string;
  readonly connector: string;
  readonly seconds: number;
  readonly tookMs: number;
  readonly outcome: 'retry' | 'delivered';
  readonly operation?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly calls?: readonly (readonly [string, string])[];
}

const stepOf = (message: string, sequence: number, tried: Tried) => {
  const { target, connector, seconds, tookMs, outcome, operation, code, detail, calls } = tried;
  const told = calls?.map(([method, status]) => ({
    ...{ method, status, durationMs: Math.round(tookMs / calls.length) },
  }));
  return {
    ...{ tenant, message, target, connector, sequence, outcome, id: randomUUID() },
    ...{ operation: operation ?? null, code: code ?? null, detail: detail ?? null },
    ...{ at: after(seconds), duration_ms: tookMs, calls: told ? JSON.stringify(told) : null },
  };
};

const attempts: readonly Tried[] = [
  {
    ...{ target: 'topdesk', connector: 'topdesk', operation: 'createIncident' },
    ...{ seconds: 15.2, tookMs: 15_000, outcome: 'retry', code: 'timeout' },
    detail: 'TOPdesk gave no answer within 15 s',
    calls: [['GET', 'timeout']],
  },
  {
    ...{ target: 'topdesk', connector: 'topdesk', operation: 'createIncident' },
    ...{ seconds: 48.6, tookMs: 412, outcome: 'retry', code: 'unavailable' },
    detail: 'TOPdesk answered 503: Service Unavailable',
    calls: [['GET', '503']],
  },
  {
    ...{ target: 'topdesk', connector: 'topdesk', operation: 'createIncident' },
    ...{ seconds: 131.4, tookMs: 634, outcome: 'delivered' },
    calls: [
      ['GET', '200'],
      ['POST', '201'],
    ],
  },
  {
    ...{ target: 'dynamics365', connector: 'dynamics365', operation: 'createIncident' },
    ...{ seconds: 0.9, tookMs: 711, outcome: 'delivered' },
    calls: [
      ['GET', '200'],
      ['POST', '204'],
    ],
  },
];

const write = async (trx: Scoped, id: string): Promise<void> => {
  const [status, addition] = [randomUUID(), randomUUID()];
  const topdesk = `urn:lb:${tenant}:topdesk`;
  const messages: readonly Told[] = [
    { ...{ id, seconds: 0, source: `urn:lb:${tenant}:meldpunt` }, type: 'ingediend' },
    {
      ...{ id: status, seconds: 700, causedBy: id, source: topdesk },
      type: 'status-gewijzigd',
    },
    {
      ...{ id: addition, seconds: 1_480, causedBy: status, source: topdesk },
      type: 'aangevuld',
    },
  ];
  await trx
    .insertInto('monitoring.message')
    .values(
      messages.map((told) => messageOf({ ...told, type: `be.lbbus.melding.${told.type}.v1` })),
    )
    .execute();
  await trx
    .insertInto('monitoring.target')
    .values([
      targetOf(id, 'topdesk', 'I 2611 0421'),
      targetOf(id, 'dynamics365', 'CAS-01842-K7P2'),
      targetOf(status, 'meldpunt'),
      targetOf(addition, 'meldpunt'),
    ])
    .execute();
  await trx
    .insertInto('monitoring.step')
    .values(attempts.map((tried, index) => stepOf(id, index + 1, tried)))
    .execute();
  await trx
    .insertInto('delivery.reference')
    .values([
      { tenant, subject, target: 'topdesk', external_id: 'I 2611 0421' },
      { tenant, subject, target: 'dynamics365', external_id: 'CAS-01842-K7P2' },
    ])
    .execute();
};

/**
 * Puts a melding in the tables as it could be: taken by one system at once, by another at the third attempt, and told of
 * later by that. Answers its id; the tenant is aalter.
 */
export const fillAStory = async (database: Database): Promise<string> => {
  const id = randomUUID();
  await database.scoped('*', (trx) => write(trx, id));
  return id;
};

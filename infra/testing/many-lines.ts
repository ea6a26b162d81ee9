import { sql } from 'kysely';
import type { Envelope } from '#bus/envelope.js';
import type { StepOutcome } from '#bus/records.js';
import { targetQueue } from '#bus/topology.js';
import { showStates } from '#delivery/connection-state.js';
import type { Line } from '#delivery/line.js';
import { answersQuestions } from '#delivery/questions/served.js';
import { Received, showWaiting } from '#delivery/received.js';
import { countRequest } from '#delivery/requests.js';
import { announce } from '#delivery/settle.js';
import type { Tools } from '#delivery/tools.js';
import type { Connector } from '#kit/definition.js';
import type { Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import type { DeliveryMetrics } from '#runtime/metrics.js';
import type { ConnectorInstance, Directory, Tenant } from '#tenants/directory.js';
import { envelopeOf } from './audit-records.js';
import { newAuthority } from './certificates.js';

const tenantStem = 'gemeente-';
const firstTenant = `${tenantStem}0`;
const { cert } = newAuthority().issue('system.example');

const hasCertificate = ({ settings }: Connector): boolean => 'certificate' in settings.properties;

/** Does it ask a system over the network; what stays within the bus does not. */
const isOutside = ({ id }: Connector): boolean => id !== 'postvak' && id !== 'overdracht';

const instanceOf = (tenant: string, name: string, connector: Connector): ConnectorInstance => ({
  tenant,
  name,
  connector: connector.id,
  enabled: true,
  settings: {
    ...(isOutside(connector) && { password: { secret: 'password' } }),
    ...(hasCertificate(connector) && { certificate: cert }),
  },
});

/** Every kind of connector once, and postvakken up to the number of lines. */
const instancesOf = (
  tenant: string,
  kinds: ReadonlyMap<string, Connector>,
  lines: number,
): ReadonlyMap<string, ConnectorInstance> => {
  const postvak = kinds.get('postvak');
  if (!postvak) throw new Error('there is no postvak');
  const more = Array.from(
    { length: lines - kinds.size },
    (_, at) => [`postvak-${at}`, postvak] as const,
  );
  return new Map([...kinds, ...more].map(([name, kind]) => [name, instanceOf(tenant, name, kind)]));
};

/** A directory of so many tenants, each with so many lines. */
export const manyTenants = (
  count: { readonly tenants: number; readonly lines: number },
  kinds: ReadonlyMap<string, Connector>,
): Directory => {
  const ids = Array.from({ length: count.tenants }, (_, at) => `${tenantStem}${at}`);
  const tenantOf = (id: string): Tenant => ({
    ...{ id, name: id, bestuurseenheid: id, kbo: '0207433216', verwerkingen: [] },
    ...{ rate: { perSecond: 1, burst: 1 }, allowedHosts: [], routes: [], burgerprofiel: null },
    connectors: instancesOf(id, kinds, count.lines),
    bodyKeys: [{ id: 'k', bytes: Buffer.alloc(32) }],
  });
  return {
    revision: 1,
    tenants: new Map(ids.map((id) => [id, tenantOf(id)])),
    byApiKeyHash: () => null,
    byClient: () => null,
    byHookTokenHash: () => null,
  };
};

/** Rows as after a bad day: each line has one that waits, and three that are parked for three reasons. */
export const manyRows = (database: Database, { tenants }: Directory): Promise<void> =>
  database.scoped('*', async (trx) => {
    const lines = [...tenants.values()].flatMap(({ id, connectors }) =>
      [...connectors.keys()].map((target) => ({ tenant: id, target })),
    );
    await sql`insert into delivery.waiting (tenant, target, subject, message, state, due_at, code, envelope, body)
      select line.tenant, line.target, 's', gen_random_uuid(), c.state, now(), c.code, '{}', ''
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (tenant text, target text),
        (values ('waiting', 'timeout'), ('parked', 'exhausted'), ('parked', 'invalid'), ('parked', 'unknown-value')) as c (state, code)`.execute(
      trx,
    );
  });

/** Every end of an attempt that there is at this kind of connector. */
const outcomesAt = (kind: Connector): readonly StepOutcome[] => [
  ...(['delivered', 'retry', 'rejected', 'parked', 'queued'] as const),
  answersQuestions(kind) ? 'expired' : 'held',
];

const every = ['200', '302', '404', '503', 'timeout', 'unavailable'] as const;

/** What only counting needs of the tools of delivery. */
const toolsOf = (metrics: DeliveryMetrics, received: Received): Tools =>
  ({
    metrics,
    received,
    log: createLog('test', 'silent'),
    patiently: (_what: string, work: () => Promise<unknown>) => work(),
    audit: { step: () => Promise.resolve(), accepted: () => Promise.resolve() },
  }) as unknown as Tools;

interface Bad {
  readonly tools: Tools;
  readonly line: Line;
  readonly envelope: Envelope;
  readonly kind: Connector;
}

/** Each end, at each operation, through the code that settles an attempt. */
const settleAll = async ({ tools, line, envelope, kind }: Bad): Promise<void> => {
  const shipment = { envelope, target: line.target, body: Buffer.alloc(0) };
  const delivery = { ack: () => true, release: () => true, gone: false };
  const told = { status: 'delivered', at: new Date(), code: null, detail: null } as const;
  const rest = { externalId: null, nextAttemptAt: null, conflictOf: null, answer: null } as const;
  // Operations are not told by tenant: one tenant is enough for all of them.
  const operations = Object.keys(kind.operations).slice(
    0,
    envelope.tenant === firstTenant ? undefined : 1,
  );
  for (const operation of operations)
    for (const outcome of outcomesAt(kind))
      await announce(
        tools,
        { line, shipment, origin: { kind: 'queue', delivery } },
        { shipment, outcome, sequence: 1, ...told, ...rest, news: true, stays: false },
        { connector: kind.id, operation, durationMs: 10 },
      );
};

/** A day on which everything happens at every line of delivery: what it counts then. Lets go when `end` is called. */
export const badDayOfDelivery = async (
  metrics: DeliveryMetrics,
  { tenants }: Directory,
  kinds: ReadonlyMap<string, Connector>,
): Promise<() => void> => {
  const received = new Received();
  const tools = toolsOf(metrics, received);
  showWaiting(tools);
  const instances = [...tenants.values()].flatMap(({ connectors }) => [...connectors.values()]);
  let end = (): void => undefined;
  const forever = new Promise<void>((resolve) => (end = resolve));
  for (const { tenant, name, connector } of instances) {
    const kind = kinds.get(connector);
    if (!kind) throw new Error(`there is no ${connector}`);
    const line = { tenant, target: name };
    const envelope = envelopeOf(1, { tenant });
    await settleAll({ tools, line, envelope, kind });
    if (isOutside(kind)) for (const status of every) countRequest(metrics, line, { status });
    void received.during(line, envelope.acceptedAt, () => forever);
  }
  const nobody = () => false;
  showStates({ metrics }, { instances, held: nobody, open: () => true, mine: () => true });
  return end;
};

/** Messages lie in the queue of each line. */
export const fullQueues = ({ tenants }: Directory): ReadonlyMap<string, number> =>
  new Map(
    [...tenants.values()].flatMap(({ id, connectors }) =>
      [...connectors.keys()].map((name) => [targetQueue(id, name), 1]),
    ),
  );

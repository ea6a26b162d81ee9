import { reaches, type Reach } from '../people/person.js';
import type { LineFacts } from './facts.js';
import type { Cause, Severity } from './health.js';
import { linkOf } from './links.js';
import { summed, type Minutes } from './minutes.js';
import type { LineHealth, Snapshot, TenantHealth } from './snapshot.js';
import { lineKey } from './standing.js';
import { causeWords } from './words.js';

/** Since when each line is as bad or well as it is, as far as that is remembered. */
export type Since = ReadonlyMap<string, Date>;

/** A cause as it is told: in words, and with where it is put right. */
export const causeOf = (tenant: string, target: string, cause: Cause) => ({
  target,
  code: cause.code,
  severity: cause.severity,
  count: cause.count,
  at: cause.at?.toISOString() ?? null,
  what: cause.what,
  words: causeWords(cause),
  link: linkOf({ tenant, target }, cause),
});

/** A cause of a line or, where `target` is empty, of the tenant itself. */
export type ToldCause = ReturnType<typeof causeOf>;

const countsOf = ({ standing, traffic, queue }: LineFacts) => ({
  delivered: traffic.deliveredLastDay,
  queued: queue.messages,
  waiting: standing.waiting,
  held: standing.held,
  parked: standing.parked,
});

export type Counts = Record<'delivered' | 'waiting' | 'held' | 'parked' | 'queued', number>;

const sumOf = (lines: readonly LineHealth[]): Counts => {
  const sum: Counts = { delivered: 0, queued: 0, waiting: 0, held: 0, parked: 0 };
  for (const { facts } of lines) {
    const { queued, ...counts } = countsOf(facts);
    for (const [name, count] of Object.entries(counts)) sum[name as keyof Counts] += count;
    sum.queued += queued ?? 0;
  }
  return sum;
};

const lineOf = (line: LineHealth, since: Since) => {
  const { tenant, name, connector } = line.instance;
  return {
    target: name,
    connector,
    severity: line.severity,
    since: since.get(lineKey(tenant, name))?.toISOString() ?? null,
    causes: line.causes.map((cause) => causeOf(tenant, name, cause)),
    p95Seconds: line.facts.traffic.p95Ms === null ? null : line.facts.traffic.p95Ms / 1_000,
    counts: countsOf(line.facts),
  };
};

export type ToldLine = ReturnType<typeof lineOf>;

const severityOrder = (cause: ToldCause): number => (cause.severity === 'bad' ? 0 : 1);

/** Since the first of the lines that are as bad as the tenant became so. */
const sinceOf = ({ severity, lines, tenant }: TenantHealth, since: Since): string | null => {
  const moments = lines
    .filter((line) => line.severity === severity)
    .flatMap(({ instance }) => since.get(lineKey(tenant.id, instance.name)) ?? []);
  const first = Math.min(...moments.map((moment) => moment.getTime()));
  return Number.isFinite(first) ? new Date(first).toISOString() : null;
};

const tenantOf = (health: TenantHealth, since: Since) => {
  const { tenant, lines, causes } = health;
  const told = [
    ...causes.map((cause) => causeOf(tenant.id, '', cause)),
    ...lines.flatMap((line) =>
      line.causes.map((cause) => causeOf(tenant.id, line.instance.name, cause)),
    ),
  ];
  return {
    id: tenant.id,
    name: tenant.name,
    severity: health.severity,
    since: sinceOf(health, since),
    causes: told.sort((one, other) => severityOrder(one) - severityOrder(other)),
    lines: lines.map(({ instance, severity }) => ({
      target: instance.name,
      connector: instance.connector,
      severity,
    })),
    counts: sumOf(lines),
  };
};

/** A tenant as a tile shows it. */
export type ToldTenant = ReturnType<typeof tenantOf>;

const severityCounts = (tenants: readonly TenantHealth[]): Record<Severity, number> => {
  const counts = { bad: 0, attention: 0, fine: 0, untried: 0, off: 0 };
  for (const { severity } of tenants) counts[severity] += 1;
  return counts;
};

/** How much there is of everything, of the tenants that are reached; nothing of it says whose. */
export const figuresOf = (snapshot: Snapshot, minutes: Minutes, reach: Reach) => {
  const tenants = snapshot.tenants.filter(({ tenant }) => reaches({ tenants: reach }, tenant.id));
  return {
    at: snapshot.at.toISOString(),
    severities: severityCounts(tenants),
    counts: sumOf(tenants.flatMap(({ lines }) => lines)),
    /** By the minute, the last one not yet whole. */
    hour: {
      from: minutes.from.toISOString(),
      accepted: summed(minutes.accepted, reach),
      delivered: summed(minutes.delivered, reach),
    },
  };
};

export type Figures = ReturnType<typeof figuresOf>;

/** The tenants that are reached, each with its health. */
export const overviewOf = (snapshot: Snapshot, since: Since, reach: Reach) => {
  const tenants = snapshot.tenants.filter(({ tenant }) => reaches({ tenants: reach }, tenant.id));
  return {
    at: snapshot.at.toISOString(),
    agreedSeconds: snapshot.agreedMs / 1_000,
    /** False while the broker cannot be asked what lies in its queues. */
    queuesKnown: snapshot.queues,
    severities: severityCounts(tenants),
    tenants: tenants.map((tenant) => tenantOf(tenant, since)),
  };
};

export type Overview = ReturnType<typeof overviewOf>;

/** One tenant, line by line. */
export const tenantOverviewOf = (tenant: TenantHealth, since: Since) => ({
  ...tenantOf(tenant, since),
  lines: tenant.lines.map((line) => lineOf(line, since)),
});

export type TenantOverview = ReturnType<typeof tenantOverviewOf>;

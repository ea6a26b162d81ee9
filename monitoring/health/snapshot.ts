import type { ConnectorInstance, Directory, Tenant } from '#tenants/directory.js';
import type { LineFacts } from './facts.js';
import { endingCause, healthOf, worstOf, type Cause, type Health, type Measure } from './health.js';
import type { Known } from './lines.js';
import { lineKey } from './standing.js';

/** A line with how it is and what that was judged by. */
export interface LineHealth extends Health {
  readonly instance: ConnectorInstance;
  readonly facts: LineFacts;
}

/** A tenant with its lines; `causes` are those of the tenant itself, such as a credential that ends. */
export interface TenantHealth extends Health {
  readonly tenant: Tenant;
  readonly lines: readonly LineHealth[];
}

/** How all tenants are at one moment. */
export interface Snapshot {
  readonly at: Date;
  readonly agreedMs: number;
  /** False while the broker cannot be asked what lies in its queues. */
  readonly queues: boolean;
  /** In the order of their names. */
  readonly tenants: readonly TenantHealth[];
}

const byName = <N extends { readonly name: string }>(ones: Iterable<N>): N[] =>
  [...ones].sort((one, other) => one.name.localeCompare(other.name, 'nl'));

const tenantHealth = (tenant: Tenant, known: Known, measure: Measure): TenantHealth => {
  const lines = byName(tenant.connectors.values()).map((instance): LineHealth => {
    const facts = known.of(instance);
    return { instance, facts, ...healthOf(facts, measure) };
  });
  const causes = known
    .endingsOf(tenant.id)
    .map((ending) => endingCause(ending, measure.now))
    .filter((cause): cause is Cause => cause !== null);
  return { tenant, lines, causes, severity: worstOf([...lines, ...causes]) };
};

/** Judges every line of every tenant. */
export const snapshotOf = (directory: Directory, known: Known, measure: Measure): Snapshot => ({
  at: measure.now,
  agreedMs: measure.agreedMs,
  queues: known.queues,
  tenants: byName(directory.tenants.values()).map((tenant) => tenantHealth(tenant, known, measure)),
});

/** Every line of the snapshot with its key. */
export const linesOf = ({ tenants }: Snapshot): ReadonlyMap<string, LineHealth> =>
  new Map(
    tenants.flatMap(({ lines }) =>
      lines.map((line) => [lineKey(line.instance.tenant, line.instance.name), line] as const),
    ),
  );

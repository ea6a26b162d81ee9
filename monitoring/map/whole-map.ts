import type { ConnectorInstance } from '#tenants/directory.js';
import type { TenantHealth } from '../health/snapshot.js';
import { worstOf, type Severity } from '../health/health.js';
import { causeOf, type ToldCause } from '../health/overview.js';
import {
  busNode,
  door,
  secondsOf,
  typesOf,
  volumeOf,
  type Drawing,
  type MapFlow,
  type MapNode,
} from './drawing.js';
import { senderOf } from './senders.js';
import { kindOf, type Definitions } from './tenant-map.js';
import type { Application, Inbound, LineMonth, Outbound } from './traffic.js';

/** More boxes than this on one side are no picture any more; the least of them stand together. */
const mostSenders = 14;
const mostCauses = 60;
const others = '…';

const groupedBy = <T>(ones: Iterable<T>, keyOf: (one: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of ones) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
};

/** What the map of all is drawn from. */
export interface WholeTraffic {
  readonly tenants: readonly TenantHealth[];
  readonly applications: readonly Application[];
  readonly inbound: readonly Inbound[];
  readonly outbound: readonly Outbound[];
  readonly month: readonly LineMonth[];
}

interface Kind {
  readonly connector: string;
  readonly severity: Severity;
  readonly causes: readonly ToldCause[];
  readonly tenants: number;
  readonly month: number;
  readonly declared: ReadonlySet<string>;
}

/** All lines of all tenants by their connector. */
const kindsIn = ({ tenants, month }: WholeTraffic): Kind[] => {
  const months = new Map(month.map((row) => [`${row.tenant}/${row.target}`, row.count]));
  const lines = tenants.flatMap(({ tenant, lines }) => lines.map((line) => ({ ...line, tenant })));
  const byConnector = groupedBy(lines, ({ instance }) => instance.connector);
  return [...byConnector].map(([connector, ones]) => ({
    connector,
    severity: worstOf(ones),
    causes: ones
      .flatMap(({ instance, causes: [worst] }) =>
        worst ? [causeOf(instance.tenant, instance.name, worst)] : [],
      )
      .sort((one, other) => Number(other.severity === 'bad') - Number(one.severity === 'bad'))
      .slice(0, mostCauses),
    tenants: new Set(ones.map(({ instance }) => instance.tenant)).size,
    month: ones.reduce(
      (sum, { instance }) => sum + (months.get(`${instance.tenant}/${instance.name}`) ?? 0),
      0,
    ),
    declared: new Set(
      ones.flatMap(({ instance, tenant }) =>
        tenant.routes
          .filter(({ targets }) => targets.includes(instance.name))
          .map(({ type }) => type),
      ),
    ),
  }));
};

const figuresOf = (row: Outbound | undefined) => ({
  day: row?.day ?? 0,
  p50Seconds: secondsOf(row?.p50Ms),
  p95Seconds: secondsOf(row?.p95Ms),
});

const kindFlow = (kind: Kind, { outbound }: WholeTraffic, definitions: Definitions): MapFlow => {
  const rows = outbound.filter(({ place }) => place === kind.connector);
  const whole = rows.find(({ type }) => type === null);
  const seen = rows.flatMap(({ type, ...row }) => (type === null ? [] : [{ ...row, type }]));
  const types = typesOf(seen, kind.declared);
  const { protocol = '?', carries = '' } = definitions.get(kind.connector)?.interface ?? {};
  const { severity, causes, tenants, month } = kind;
  const { day, p50Seconds, p95Seconds } = figuresOf(whole);
  return {
    ...{ id: `bus>system:${kind.connector}`, from: 'bus', to: `system:${kind.connector}` },
    ...{ protocol, carries, types, day, month, severity, causes, tenants },
    ...{ p50Seconds, p95Seconds },
  };
};

const kindNode = ({ connector, severity, tenants }: Kind, definitions: Definitions): MapNode => {
  const definition = definitions.get(connector);
  const kind = kindOf(definition?.interface.protocol);
  const name = definition?.title ?? connector;
  return { id: `system:${connector}`, kind, name, title: null, severity, tenants };
};

interface Sending {
  readonly id: string;
  readonly tenants: Set<string>;
  readonly seen: Inbound[];
}

/** Under which id a message counts: its application by name, or the connector of the system that told it. */
const sendingIdOf = (
  { tenant, source }: Inbound,
  applications: readonly Application[],
  systems: ReadonlyMap<string, ConnectorInstance>,
): string => {
  const sender = senderOf(tenant, source, { applications, systems });
  return sender.kind === 'system'
    ? `system:${systems.get(sender.name)?.connector ?? ''}`
    : `sender:${sender.name}`;
};

/** Who sends, over all tenants: applications by the name that tenants give them, systems by their connector. */
const sendingIn = ({ tenants, applications, inbound }: WholeTraffic): Sending[] => {
  const own = groupedBy(applications, ({ tenant }) => tenant);
  const systems = new Map(tenants.map(({ tenant }) => [tenant.id, tenant.connectors]));
  const sending = new Map<string, Sending>();
  const of = (id: string): Sending => {
    const known = sending.get(id) ?? { id, tenants: new Set(), seen: [] };
    sending.set(id, known);
    return known;
  };
  for (const { name, tenant } of applications) of(`sender:${name}`).tenants.add(tenant);
  for (const row of inbound) {
    const coupled = systems.get(row.tenant) ?? new Map<string, ConnectorInstance>();
    const one = of(sendingIdOf(row, own.get(row.tenant) ?? [], coupled));
    one.tenants.add(row.tenant);
    one.seen.push(row);
  }
  return [...sending.values()];
};

const isSender = ({ id }: Sending): boolean => id.startsWith('sender:');

const bySize = (one: Sending, other: Sending): number =>
  other.seen.reduce((sum, { day }) => sum + day, 0) -
    one.seen.reduce((sum, { day }) => sum + day, 0) || other.tenants.size - one.tenants.size;

/** The smallest senders together, where there are too many to draw. */
const gathered = (sending: readonly Sending[]): readonly Sending[] => {
  const senders = sending.filter(isSender).sort(bySize);
  const systems = sending.filter((one) => !isSender(one));
  if (senders.length <= mostSenders) return [...senders, ...systems];
  const rest = senders.slice(mostSenders - 1);
  const together: Sending = {
    id: `sender:${others}`,
    tenants: new Set(rest.flatMap(({ tenants }) => [...tenants])),
    seen: rest.flatMap(({ seen }) => seen),
  };
  return [...senders.slice(0, mostSenders - 1), together, ...systems];
};

const sendingFlow = ({ id, tenants, seen }: Sending, definitions: Definitions): MapFlow => {
  const types = typesOf(seen);
  const spoken = definitions.get(id.replace(/^system:/, ''))?.interface;
  const { protocol, carries } = (id.startsWith('system:') ? spoken : undefined) ?? door;
  return {
    ...{ id: `${id}>bus`, from: id, to: 'bus', protocol, carries, types },
    ...{ day: volumeOf(types).day, month: null, p50Seconds: null, p95Seconds: null },
    ...{ severity: null, causes: [], tenants: tenants.size },
  };
};

const senderNode = ({ id, tenants }: Sending): MapNode => ({
  ...{ id, kind: 'application', name: id.slice('sender:'.length), title: null },
  ...{ severity: null, tenants: tenants.size },
});

/** Draws all tenants together: who sends by name, what is coupled by its connector. */
export const wholeMap = (traffic: WholeTraffic, definitions: Definitions, at: Date): Drawing => {
  const kinds = kindsIn(traffic).sort((one, other) => other.tenants - one.tenants);
  const sending = gathered(sendingIn(traffic));
  const systems = new Set(kinds.map(({ connector }) => `system:${connector}`));
  return {
    at: at.toISOString(),
    tenant: null,
    nodes: [
      ...sending.filter(isSender).map(senderNode),
      { ...busNode, tenants: traffic.tenants.length },
      ...kinds.map((kind) => kindNode(kind, definitions)),
    ],
    flows: [
      ...sending
        .filter((one) => isSender(one) || systems.has(one.id))
        .map((one) => sendingFlow(one, definitions)),
      ...kinds.map((kind) => kindFlow(kind, traffic, definitions)),
    ],
  };
};

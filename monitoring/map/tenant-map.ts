import type { Connector } from '#kit/definition.js';
import type { Tenant } from '#tenants/directory.js';
import type { ToldLine } from '../health/overview.js';
import {
  busNode,
  door,
  secondsOf,
  typesOf,
  volumeOf,
  type Drawing,
  type MapFlow,
  type MapNode,
  type NodeKind,
} from './drawing.js';
import { senderOf, type Sender } from './senders.js';
import type { Application, Inbound, Outbound } from './traffic.js';

/** Connector definitions by id; one that is coupled and not there is shown by its id. */
export type Definitions = ReadonlyMap<string, Pick<Connector, 'title' | 'interface'>>;

/** What a map of one tenant is drawn from. */
export interface TenantTraffic {
  readonly tenant: Tenant;
  readonly applications: readonly Application[];
  readonly inbound: readonly Inbound[];
  readonly outbound: readonly Outbound[];
  readonly lines: readonly ToldLine[];
}

/** What stays within the bus goes to a neighbour, what is pushed or fetched as it came to an application. */
export const kindOf = (protocol: string | undefined): NodeKind => {
  if (protocol === 'bus') return 'neighbour';
  return protocol === 'CloudEvents' ? 'endpoint' : 'system';
};

const idOf = ({ kind, name }: Sender): string =>
  `${kind === 'system' ? 'system' : 'sender'}:${name}`;

const systemNodes = ({ lines }: TenantTraffic, definitions: Definitions): MapNode[] =>
  lines.map(({ target, connector, severity }) => {
    const definition = definitions.get(connector);
    const kind = kindOf(definition?.interface.protocol);
    const title = definition?.title ?? connector;
    return { id: `system:${target}`, kind, name: target, title, severity, tenants: 1 };
  });

const senderNode = (name: string, title: string | null): MapNode => ({
  ...{ id: `sender:${name}`, kind: 'application', name, title },
  ...{ severity: null, tenants: 1 },
});

const inflows = (traffic: TenantTraffic, definitions: Definitions): MapFlow[] => {
  const { tenant, applications, inbound } = traffic;
  const rows = new Map<string, Inbound[]>(
    applications.map(({ name }) => [`sender:${name}`, []] as const),
  );
  for (const row of inbound) {
    const id = idOf(senderOf(tenant.id, row.source, { applications, systems: tenant.connectors }));
    rows.set(id, [...(rows.get(id) ?? []), row]);
  }
  return [...rows].map(([from, seen]) => {
    const instance = tenant.connectors.get(from.replace(/^system:/, ''));
    const spoken = from.startsWith('system:') && instance;
    const { protocol, carries } =
      (spoken ? definitions.get(spoken.connector)?.interface : undefined) ?? door;
    const types = typesOf(seen);
    return {
      ...{ id: `${from}>bus`, from, to: 'bus', protocol, carries, types, ...volumeOf(types) },
      ...{ p50Seconds: null, p95Seconds: null, severity: null, causes: [], tenants: 1 },
    };
  });
};

const declaredFor = ({ routes }: Tenant, target: string): string[] =>
  routes.filter(({ targets }) => targets.includes(target)).map(({ type }) => type);

const outflows = (traffic: TenantTraffic, definitions: Definitions): MapFlow[] =>
  traffic.lines.map(({ target, connector, severity, causes }) => {
    const rows = traffic.outbound.filter(({ place }) => place === target);
    const whole = rows.find(({ type }) => type === null);
    const seen = rows.flatMap(({ type, ...row }) => (type === null ? [] : [{ ...row, type }]));
    const types = typesOf(seen, declaredFor(traffic.tenant, target));
    const spoken = definitions.get(connector)?.interface;
    return {
      ...{ id: `bus>system:${target}`, from: 'bus', to: `system:${target}` },
      ...{ protocol: spoken?.protocol ?? '?', carries: spoken?.carries ?? '' },
      ...{ types, ...volumeOf(types), severity, causes, tenants: 1 },
      p50Seconds: secondsOf(whole?.p50Ms),
      p95Seconds: secondsOf(whole?.p95Ms),
    };
  });

/** Draws the map of one tenant: everybody who sends, everything that is coupled, and what went between them. */
export const tenantMap = (traffic: TenantTraffic, definitions: Definitions, at: Date): Drawing => {
  const { tenant, applications } = traffic;
  const systems = systemNodes(traffic, definitions);
  const incoming = inflows(traffic, definitions);
  const declared = new Set(applications.map(({ name }) => `sender:${name}`));
  const others = incoming
    .filter(({ from }) => from.startsWith('sender:') && !declared.has(from))
    .map(({ from }) => senderNode(from.slice('sender:'.length), null));
  return {
    at: at.toISOString(),
    tenant: { id: tenant.id, name: tenant.name },
    nodes: [
      ...applications.map(({ name }) => senderNode(name, null)),
      ...others,
      busNode,
      ...systems,
    ],
    flows: [...incoming, ...outflows(traffic, definitions)],
  };
};

import type { KeyRing } from '#runtime/keys.js';
import type { Burgerprofiel } from './burgerprofiel/schema.js';

/** One connector coupled by one tenant; `settings` still holds `{ secret: name }` where a secret belongs. */
export interface ConnectorInstance {
  readonly tenant: string;
  /** Name of the instance in the tenant's settings: the name of its queue, of a postvak, in routes. */
  readonly name: string;
  /** Id of the connector definition. */
  readonly connector: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
}

/** A filter of the CloudEvents Subscriptions dialect, as written in the YAML. */
export type FilterExpression = Readonly<Record<string, unknown>>;

export interface Route {
  /** Exact message type. */
  readonly type: string;
  readonly filter: FilterExpression | null;
  readonly targets: readonly string[];
}

export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly bestuurseenheid: string;
  readonly kbo: string;
  /** Ids of the processing activities in the tenant's register. */
  readonly verwerkingen: readonly string[];
  readonly rate: { readonly perSecond: number; readonly burst: number };
  /** Hosts with private addresses that this tenant's connectors may reach. */
  readonly allowedHosts: readonly string[];
  readonly connectors: ReadonlyMap<string, ConnectorInstance>;
  readonly routes: readonly Route[];
  /** What Mijn Burgerprofiel may ask; null where the tenant offers it nothing. */
  readonly burgerprofiel: Burgerprofiel | null;
  /** Seals and opens this tenant's bodies. */
  readonly bodyKeys: KeyRing;
}

/** Who a caller is: one application of one tenant. `'*'` in a list allows all. */
export interface Credential {
  readonly tenant: string;
  readonly name: string;
  readonly sources: readonly string[];
  readonly types: readonly string[];
  readonly postvakken: readonly string[];
  readonly system: string | null;
  readonly expiresAt: Date | null;
}

/** All tenants at one revision; immutable, replaced as a whole. */
export interface Directory {
  readonly revision: number;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly byApiKeyHash: (sha256Hex: string) => Credential | null;
  readonly byClient: (issuer: string, clientId: string) => Credential | null;
  readonly byHookTokenHash: (sha256Hex: string) => ConnectorInstance | null;
}

/** A process's view of the tenants: follows every change within two seconds, serves the last while PostgreSQL is away. */
export interface DirectoryFollower {
  readonly current: () => Directory;
  /** Called after each change with the new and the former directory. Returns the way to stop it. */
  readonly onChange: (listener: (now: Directory, before: Directory) => void) => () => void;
  readonly close: () => Promise<void>;
}

import type { Connector } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import { openConnector, type OpenConnector, type PlatformOptions } from '#kit/open.js';
import type { ConnectorInstance, Directory } from '#tenants/directory.js';
import type { OpenSettings } from '#tenants/settings.js';
import { lineKey, type Line } from './line.js';
import { isDatabaseAway } from './patience.js';

/** A connector instance that works, or why it cannot: an operator has to put that right. */
export type Connection = OpenConnector | Failure;

export interface ConnectionsOptions {
  readonly directory: () => Directory;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly openSettings: OpenSettings;
  /** What a connector of this line may reach the world with, besides its settings. */
  readonly platformOf: (
    line: Line,
  ) => Pick<
    PlatformOptions,
    'postvak' | 'handOver' | 'observe' | 'sandbox' | 'pseudonym' | 'memory'
  >;
}

interface Kept {
  readonly revision: number;
  /** All that the client was made of; another of it means another client. */
  readonly fingerprint: string;
  readonly connection: Connection;
}

/**
 * The clients of this process, one per connector instance. After each change of the tenants the settings are read again
 * at the next use; other settings or secrets make a new client, and the old one is let go with its last running send.
 * What could not be opened is tried anew at each use.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #opening = new Map<string, Promise<Kept>>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** The client of the instance as its settings are now. Throws where PostgreSQL is away. */
  async of(instance: ConnectorInstance): Promise<Connection> {
    const key = lineKey(lineOf(instance));
    const { revision } = this.#options.directory();
    const kept = this.#kept.get(key);
    if (kept?.revision === revision && !(kept.connection instanceof Failure))
      return kept.connection;
    const opening = this.#opening.get(key) ?? this.#open(instance, revision);
    this.#opening.set(key, opening);
    try {
      const opened = await opening;
      this.#kept.set(key, opened);
      return opened.connection;
    } finally {
      if (this.#opening.get(key) === opening) this.#opening.delete(key);
    }
  }

  /** True where the settings differ from those that the last client was made of. */
  async changed(instance: ConnectorInstance): Promise<boolean> {
    const before = this.#kept.get(lineKey(lineOf(instance)))?.fingerprint;
    await this.of(instance);
    return (
      before !== undefined && before !== this.#kept.get(lineKey(lineOf(instance)))?.fingerprint
    );
  }

  async #open(instance: ConnectorInstance, revision: number): Promise<Kept> {
    const settings = await this.#settingsOf(instance);
    const allowedHosts = this.#options.directory().tenants.get(instance.tenant)?.allowedHosts ?? [];
    const fingerprint = JSON.stringify([instance.connector, settings, allowedHosts]);
    const kept = this.#kept.get(lineKey(lineOf(instance)));
    if (kept?.fingerprint === fingerprint && !(kept.connection instanceof Failure))
      return { ...kept, revision };
    const connection =
      settings instanceof Failure
        ? settings
        : await this.#connect(instance, settings, allowedHosts);
    return { revision, fingerprint, connection };
  }

  async #settingsOf(instance: ConnectorInstance): Promise<Record<string, unknown> | Failure> {
    try {
      return await this.#options.openSettings(instance);
    } catch (cause) {
      if (isDatabaseAway(cause)) throw cause;
      return misconfigured(instance, 'its secrets cannot be opened', cause);
    }
  }

  async #connect(
    instance: ConnectorInstance,
    settings: Record<string, unknown>,
    allowedHosts: readonly string[],
  ): Promise<Connection> {
    const connector = this.#options.connectors.get(instance.connector);
    if (!connector)
      return misconfigured(instance, `there is no connector "${instance.connector}" here`);
    const { tenant, name } = instance;
    const platform = this.#options.platformOf(lineOf(instance));
    try {
      return await openConnector(settings, {
        ...platform,
        connector,
        tenant,
        instance: name,
        allowedHosts,
      });
    } catch (cause) {
      return cause instanceof Failure
        ? cause
        : misconfigured(instance, 'it does not connect', cause);
    }
  }
}

export const lineOf = ({ tenant, name }: ConnectorInstance): Line => ({ tenant, target: name });

const misconfigured = ({ name }: ConnectorInstance, why: string, cause?: unknown): Failure =>
  new Failure('pause', `Connector ${name} cannot work: ${why}`, { code: 'misconfigured', cause });

import { createHmac, randomBytes } from 'node:crypto';
import type { Connector } from './definition.js';
import type { Json } from './message.js';
import { createHttp } from './http-client.js';
import type { ObservedRequest } from './http.js';
import { Failure } from './failure.js';
import type { HandOver, Memory, Platform, Postvak } from './platform.js';
import { readSettings } from './settings.js';

export interface PlatformOptions {
  readonly connector: Connector;
  readonly tenant: string;
  readonly instance: string;
  /** Hosts of this tenant that may have a private address and be called without TLS. */
  readonly allowedHosts: readonly string[];
  /** True in the proeftuin only: every host may have a private address. */
  readonly sandbox: boolean;
  readonly postvak: Postvak;
  /** Without it nothing can be handed over. */
  readonly handOver?: Platform['handOver'];
  /** Made with a key of the tenant; without it pseudonyms are those of this process alone. */
  readonly pseudonym?: Platform['pseudonym'];
  /** Without it what is remembered is forgotten with the connection. */
  readonly memory?: Memory;
  readonly observe?: (request: ObservedRequest) => void;
}

const keyOfProcess = randomBytes(32);

const passingPseudonym = (number: string): string =>
  createHmac('sha256', keyOfProcess).update(number).digest('hex');

const handOverNothing: HandOver = () =>
  Promise.reject(
    new Failure('pause', 'Nothing can be handed over from here', { code: 'misconfigured' }),
  );

/** What is remembered in this process alone. */
export const passingMemory = (): Memory => {
  const kept = new Map<string, Json>();
  return {
    read: (key) => Promise.resolve(kept.get(key) ?? null),
    write: (key, value) => Promise.resolve(void kept.set(key, value)),
    forget: (key) => Promise.resolve(void kept.delete(key)),
  };
};

/** What a connector instance may reach the world with. */
export const createPlatform = (options: PlatformOptions): Platform => {
  const { connector, tenant, instance, postvak } = options;
  const { pseudonym = passingPseudonym, handOver = handOverNothing } = options;
  const allowed = new Set(options.allowedHosts.map((host) => host.toLowerCase()));
  return {
    tenant,
    instance,
    postvak,
    handOver,
    pseudonym,
    memory: options.memory ?? passingMemory(),
    http: createHttp({
      system: connector.title,
      failures: connector.failures ?? {},
      errors: connector.errors,
      mayBePrivate: (host) => options.sandbox || allowed.has(host.toLowerCase()),
      observe: options.observe ?? (() => undefined),
    }),
  };
};

/** A connector instance ready to work: its settings with defaults, and the client that `send` and sources get. */
export interface OpenConnector {
  readonly connector: Connector;
  readonly settings: Record<string, unknown>;
  readonly client: unknown;
}

/** Checks the settings (secrets filled in) and connects; throws `Failure('pause')` where they are wrong. */
export const openConnector = async (
  settings: unknown,
  options: PlatformOptions,
): Promise<OpenConnector> => {
  const read = readSettings(options.connector, settings);
  const client = await options.connector.connect(read, createPlatform(options));
  return { connector: options.connector, settings: read, client };
};

import type { Json, Message } from './message.js';
import type { HttpClient, HttpOptions } from './http.js';

/** A place where an application fetches its messages; kept by the bus, filled by the `postvak` connector. */
export interface Postvak {
  /** Lays the message down once, however often it is called with the same bus id. */
  readonly put: (message: Message, context: { readonly signal: AbortSignal }) => Promise<void>;
}

/**
 * Lets the message enter at another tenant of this bus, with its attachments, once however often it is called with the same
 * bus id. Answers its id there; null where it came from there. Throws `Failure` where not both tenants have declared it.
 */
export type HandOver = (
  message: Message,
  to: { readonly tenant: string; readonly signal: AbortSignal },
) => Promise<string | null>;

/**
 * What a connector instance remembers by keys of its own, shared by all processes. Neither key nor value may hold personal data,
 * but for a value that is written `sealed`: `pseudonym` stands for the number of a person.
 */
export interface Memory {
  /** Null where nothing was written, or its days have passed. */
  readonly read: (key: string) => Promise<Json>;
  readonly write: (
    key: string,
    value: Json,
    how: { readonly days: number; readonly sealed?: boolean },
  ) => Promise<void>;
  readonly forget: (key: string) => Promise<void>;
}

/** What the bus gives to `connect`: everything a connector may reach the world with. */
export interface Platform {
  readonly tenant: string;
  /** Name of the connector instance in the tenant's settings. */
  readonly instance: string;
  readonly http: (options: HttpOptions) => HttpClient;
  readonly postvak: Postvak;
  readonly handOver: HandOver;
  /**
   * Stands for the number of a person in an IRI or an external id, where the number itself may not stand: always the same for
   * the same number, another at each tenant.
   */
  readonly pseudonym: (number: string) => string;
  readonly memory: Memory;
}

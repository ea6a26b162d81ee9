import type { Connector } from '#kit/definition.js';
import type { ConnectorInstance } from '#tenants/directory.js';

/** What tells where a browser reaches a system. */
export interface Reachable {
  readonly connectors: ReadonlyMap<string, Pick<Connector, 'linkOf'>>;
  readonly sandbox: boolean;
}

/** Without credentials, and over TLS unless this is the sandbox: what a person may be sent to. */
const safe = (text: unknown, { sandbox }: Reachable): URL | null => {
  if (typeof text !== 'string' || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isSafe = url.protocol === 'https:' || (sandbox && url.protocol === 'http:');
  return isSafe && url.username === '' && url.password === '' ? url : null;
};

const linkOf = ({ connector, settings }: ConnectorInstance, id: string, within: Reachable) => {
  try {
    return within.connectors.get(connector)?.linkOf?.(settings, id) ?? null;
  } catch {
    // Settings of long ago need not fit the connector any more.
    return null;
  }
};

/** Where a person sees the record in the system itself; null where its connector does not say so. */
export const recordAddress = (
  instance: ConnectorInstance,
  externalId: string,
  within: Reachable,
): string | null => safe(linkOf(instance, externalId, within), within)?.href ?? null;

/** Where the system is reached by a browser, as the settings of the instance say; null where they do not. */
export const systemAddress = (
  { settings }: Pick<ConnectorInstance, 'settings'>,
  within: Reachable,
): string | null => {
  const url = safe(settings['baseUrl'], within);
  return url && `${url.origin}/`;
};

import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Json, SendContext, Source } from '#kit/definition.js';
import { openConnector } from '#kit/open.js';
import { startSimulator } from '#kit/simulator-host.js';
import type { Simulator } from '#kit/simulator-host.js';
import type { Dynamics } from './client.js';
import { dynamics365 } from './dynamics365.connector.js';
import type { Incident } from './incident.js';
import { createIncident } from './sending.js';
import type { DynamicsSettings } from './settings.js';
import { tokenPath } from './simulator/token.js';

/** A simulated Dynamics 365 and the connector's client of it. */
export interface Desk {
  readonly simulator: Simulator;
  readonly client: Dynamics;
  readonly settings: DynamicsSettings;
  readonly drive: (driver: string, input?: Json) => Json;
  /** Checks what the settings name, as "check now" does. */
  readonly check: () => Promise<unknown>;
  /** A request with a right token and the headers of OData, as it is. */
  readonly ask: (method: string, path: string, asking?: Asking) => Promise<Told>;
}

interface Asking {
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const account = 'aalter';
export const accountSecret = 'geheim';

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};

const tokenAt = async (address: string): Promise<string> => {
  const form = {
    grant_type: 'client_credentials',
    client_id: `lb-bus-${account}`,
    client_secret: accountSecret,
    scope: `${address}/.default`,
  };
  const body = new URLSearchParams(form);
  const answer = await fetch(`${address}${tokenPath}`, { method: 'POST', body });
  return String(parsed(await answer.text())['access_token']);
};

const asker =
  (address: string): Desk['ask'] =>
  async (method, path, { json, body, headers } = {}) => {
    const content = body ?? (json === undefined ? undefined : JSON.stringify(json));
    const answer = await fetch(`${address}/api/data/v9.2${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'odata-version': '4.0',
        'odata-maxversion': '4.0',
        authorization: `Bearer ${await tokenAt(address)}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
  };

const never = (): never => {
  throw new Error('Dynamics 365 has a simulator');
};

export const openDesk = async (
  settings: Record<string, unknown> = {},
  secret = accountSecret,
): Promise<Desk> => {
  const accounts = [{ name: account, secret }];
  const simulator = await startSimulator(dynamics365.simulator ?? never(), { accounts });
  const open = await openConnector(
    { ...simulator.settings(account), ...settings },
    {
      connector: dynamics365,
      tenant: account,
      instance: 'dynamics365',
      allowedHosts: [],
      sandbox: true,
      postvak: { put: () => Promise.resolve() },
    },
  ).catch(async (failure: unknown) => {
    await simulator.close();
    throw failure;
  });
  const client = open.client as Dynamics;
  return {
    simulator,
    client,
    settings: client.settings,
    drive: (driver, input = {}) => simulator.drive(account, driver, input),
    check: () => dynamics365.check(client, { signal: AbortSignal.timeout(10_000) }),
    ask: asker(simulator.baseUrl(account)),
  };
};

export const contextOf = (options: Partial<SendContext> = {}): SendContext => ({
  messageId: randomUUID(),
  reference: null,
  redelivered: false,
  signal: AbortSignal.timeout(10_000),
  attachment: (uri) =>
    Promise.resolve({
      fileName: 'put in de wég.jpg',
      contentType: 'image/jpeg',
      sizeBytes: Buffer.byteLength(uri),
      content: Readable.from([Buffer.from(uri)]),
    }),
  ...options,
});

/** What the simulator shows of its incidents. */
export interface SeenIncident {
  readonly incidentid: string;
  readonly lb_externalid: string | null;
  readonly title: string;
  readonly statecode: number;
  readonly statuscode: number;
  readonly customer: Readonly<Record<string, unknown>>;
  readonly notes: readonly { readonly subject: string; readonly notetext: string }[];
  readonly files: readonly {
    readonly filename: string;
    readonly mimetype: string;
    readonly sizeBytes: number;
  }[];
}

export const seen = ({ simulator }: Desk): SeenIncident[] =>
  simulator.state(account) as unknown as SeenIncident[];

/** Every request to the Web API that the simulator answered, tokens left out. */
export const asked = ({ simulator }: Desk): string[] =>
  simulator
    .requests()
    .filter(({ forToken }) => !forToken)
    .map(({ method, path, query }) => `${method} ${path}${query === '' ? '' : `?${query}`}`);

/** An incident for an anonymous melder. */
export const makeIncident = async ({ client, settings }: Desk): Promise<Incident> => {
  const { incident } = await createIncident(
    client,
    {
      incident: { title: 'Put' },
      customer: { table: 'contact', id: settings.anonymousContact },
      note: '',
      attachments: [],
    },
    contextOf(),
  );
  return incident;
};

type AnySource<I> = Source<DynamicsSettings, Dynamics, I>;

/** Every item after the cursor, page by page. */
export const look = async <I>(
  { client, settings, simulator }: Desk,
  { poll }: AnySource<I>,
  cursor: Json,
): Promise<{ items: I[]; cursor: Json; pages: number }> => {
  if (!poll) throw new Error('the source polls nothing');
  const items: I[] = [];
  let at = cursor;
  for (let pages = 1; ; pages += 1) {
    const { signal } = new AbortController();
    const page = await poll.read(client, at, { signal, settings, now: simulator.now() });
    items.push(...page.items);
    at = page.cursor;
    if (!page.more) return { items, cursor: at, pages };
  }
};

/** What items say of one melding, one after the other, and what is remembered then. */
export const told = <I>(
  { settings }: Desk,
  source: AnySource<I>,
  { items, state: known }: { items: readonly I[]; state: Json },
): { said: Record<string, unknown>[]; state: Json } => {
  const subject = 'https://meldingen.aalter.example/id/melding/1';
  let state = known;
  const said = items.flatMap((item) => {
    const result = source.map(item, { subject, state, settings });
    state = result.state;
    return result.message ? [result.message.data] : [];
  });
  return { said, state };
};

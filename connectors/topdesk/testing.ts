import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Json, SendContext } from '#kit/definition.js';
import type { HttpClient } from '#kit/http.js';
import { openConnector } from '#kit/open.js';
import { startSimulator } from '#kit/simulator-host.js';
import type { Simulator } from '#kit/simulator-host.js';
import type { Incident } from './incident.js';
import type { NewIncident } from './mapping.js';
import { createIncident } from './sending.js';
import type { TopdeskSettings } from './settings.js';
import { topdesk } from './topdesk.connector.js';

/** A simulated TOPdesk and the connector's client of it. */
export interface Desk {
  readonly simulator: Simulator;
  readonly client: HttpClient;
  readonly settings: TopdeskSettings;
  readonly drive: (driver: string, input?: Json) => Json;
  /** A request with the right credentials, as it is. */
  readonly ask: (
    method: string,
    path: string,
    json?: unknown,
  ) => Promise<{ status: number; headers: Headers; json: unknown }>;
}

const account = 'aalter';

export const openDesk = async (settings: Record<string, unknown> = {}): Promise<Desk> => {
  const accounts = [{ name: account, secret: 'geheim' }];
  const simulator = await startSimulator(topdesk.simulator ?? never(), { accounts });
  const open = await openConnector(
    { ...simulator.settings(account), ...settings },
    {
      connector: topdesk,
      tenant: account,
      instance: 'topdesk',
      allowedHosts: [],
      sandbox: true,
      postvak: { put: () => Promise.resolve() },
    },
  );
  const authorization = `Basic ${Buffer.from('lb-bus-aalter:geheim').toString('base64')}`;
  return {
    simulator,
    client: open.client as HttpClient,
    settings: open.settings as TopdeskSettings,
    drive: (driver, input = {}) => simulator.drive(account, driver, input),
    ask: async (method, path, json) => {
      const body = json === undefined ? {} : { body: JSON.stringify(json) };
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${simulator.baseUrl(account)}/tas/api${path}`, {
        method,
        headers,
        ...body,
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        json: text === '' ? null : (JSON.parse(text) as unknown),
      };
    },
  };
};

const never = (): never => {
  throw new Error('TOPdesk has a simulator');
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
  readonly id: string;
  readonly externalNumber: string;
  readonly processingStatus: string;
  readonly actions: readonly string[];
  readonly attachments: readonly {
    readonly fileName: string;
    readonly description: string;
    readonly sizeBytes: number;
  }[];
}

export const seen = ({ simulator }: Desk): SeenIncident[] =>
  simulator.state(account) as unknown as SeenIncident[];

/** The least that makes an incident. */
export const newIncident: NewIncident = {
  incident: {
    status: 'firstLine',
    briefDescription: 'Put',
    request: 'Put',
    caller: { dynamicName: 'An' },
  },
  attachments: [],
};

export const make = async (desk: Desk): Promise<Incident> =>
  (await createIncident(desk.client, newIncident, contextOf())).incident;

import { contextOf, deskAccount, openDeskOf } from '#kit/contract/desk.js';
import type { Desk as KitDesk } from '#kit/contract/desk.js';
import type { Dynamics } from './client.js';
import { dynamics365 } from './dynamics365.connector.js';
import type { Incident } from './incident.js';
import { createIncident } from './sending.js';
import type { DynamicsSettings } from './settings.js';
import { tokenPath } from './simulator/token.js';

/** A simulated Dynamics 365 and the connector's client of it. */
export interface Desk extends KitDesk<Dynamics, DynamicsSettings> {
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
    client_id: `lb-bus-${deskAccount.name}`,
    client_secret: deskAccount.secret,
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

export const openDesk = async (
  settings: Record<string, unknown> = {},
  secret = deskAccount.secret,
): Promise<Desk> => {
  const desk = await openDeskOf(dynamics365, settings, secret);
  return { ...desk, ask: asker(desk.simulator.baseUrl(deskAccount.name)) };
};

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
  simulator.state(deskAccount.name) as unknown as SeenIncident[];

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

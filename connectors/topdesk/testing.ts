import { basic } from '#kit/auth.js';
import { contextOf, deskAccount, openDeskOf } from '#kit/contract/desk.js';
import type { Desk as KitDesk } from '#kit/contract/desk.js';
import type { Topdesk } from './client.js';
import type { Incident } from './incident.js';
import type { NewIncident } from './mapping.js';
import { createIncident } from './sending.js';
import type { TopdeskSettings } from './settings.js';
import { topdesk } from './topdesk.connector.js';

/** A simulated TOPdesk and the connector's client of it. */
export interface Desk extends KitDesk<Topdesk, TopdeskSettings> {
  /** A request with the right credentials, as it is. */
  readonly ask: (
    method: string,
    path: string,
    json?: unknown,
  ) => Promise<{ status: number; headers: Headers; json: unknown }>;
}

export const openDesk = async (settings: Record<string, unknown> = {}): Promise<Desk> => {
  const desk = await openDeskOf(topdesk, settings);
  const { name, secret } = deskAccount;
  return {
    ...desk,
    ask: async (method, path, json) => {
      const body = json === undefined ? {} : { body: JSON.stringify(json) };
      const headers = { ...basic(`lb-bus-${name}`, secret)(), 'content-type': 'application/json' };
      const answer = await fetch(`${desk.simulator.baseUrl(name)}/tas/api${path}`, {
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
  simulator.state(deskAccount.name) as unknown as SeenIncident[];

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

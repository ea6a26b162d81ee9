import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoEvent } from './meldingen.js';
import { proeftuinFolder } from './places.js';

/** What the gateway tells of a message at one target. */
export interface TargetView {
  readonly target: string;
  readonly status: string;
  readonly externalId: string | null;
  readonly acknowledgedAt: string | null;
  readonly attempts: readonly {
    readonly at: string;
    readonly durationMs: number;
    readonly outcome: string;
    readonly code: string | null;
    readonly detail: string | null;
  }[];
}

export interface MessageView {
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly subject: string;
  readonly senderId: string;
  readonly acceptedAt: string;
  readonly targets: readonly TargetView[];
}

/** A CloudEvent as it lies in a postvak. */
export interface FetchedEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly busid: string;
  readonly data: {
    readonly identificator?: readonly { readonly identificator: string }[];
    readonly heeftStatus: readonly {
      readonly statusType: { readonly '@id': string };
      readonly beschrijving: string;
      readonly statusdatum: string;
    }[];
  };
}

/** The application of a tenant that takes the meldingen of residents, as it meets the bus: over HTTP and nothing else. */
export interface Meldpunt {
  readonly tenant: string;
  /** Answers the URI under which a message refers to the photo. */
  readonly upload: (photo: string) => Promise<string>;
  /** Answers the id on the bus. */
  readonly send: (event: DemoEvent) => Promise<string>;
  /** Null where the bus does not know it. */
  readonly status: (id: string) => Promise<MessageView | null>;
  /** The status of every melding that it ever sent, by its own id. */
  readonly sent: () => Promise<ReadonlyMap<string, string>>;
  /** Fetches and acknowledges what lies in the postvak; waits for the first up to `waitSeconds`. */
  readonly fetch: (waitSeconds: number) => Promise<FetchedEvent[]>;
}

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface Page {
  readonly messages: readonly { readonly senderId: string; readonly status: string }[];
  readonly next: string | null;
}

/** Asked before each call, so that an access token can be renewed. */
export type Authorization = () => Promise<string>;

const contentTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', png: 'image/png' };
/** Media type of a photo of the proeftuin. */
export const contentTypeOf = (photo: string): string =>
  contentTypes[photo.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

const ingediend = 'be.lbbus.melding.ingediend.v1';
const postvak = '/v1/postvak/meldpunt';

const readAnswer = async (response: Response, what: string): Promise<unknown> => {
  const text = await response.text();
  if (!response.ok) throw new Error(`${what} was answered ${response.status}: ${text}`);
  return JSON.parse(text) as unknown;
};

/** A meldpunt at the gateway with this address. Every call throws with the answer where it is refused. */
export const meldpuntOf = (
  tenant: string,
  gateway: string,
  authorization: Authorization,
): Meldpunt => {
  const call = async (path: string, request: Call = {}): Promise<Response> => {
    const headers = { ...request.headers, authorization: `Bearer ${await authorization()}` };
    return fetch(`${gateway}${path}`, { ...request, headers });
  };
  const post = async (path: string, contentType: string, body: unknown): Promise<unknown> => {
    const headers = { 'content-type': contentType };
    const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return readAnswer(response, `POST ${path}`);
  };
  return {
    tenant,
    upload: async (photo) => {
      const response = await call('/v1/attachments', {
        method: 'POST',
        headers: {
          'content-type': contentTypeOf(photo),
          'content-disposition': `attachment; filename="${photo}"`,
        },
        body: await readFile(join(proeftuinFolder, 'photos', photo)),
      });
      return ((await readAnswer(response, `upload of ${photo}`)) as { uri: string }).uri;
    },
    send: async (event) =>
      ((await post('/v1/messages', 'application/cloudevents+json', event)) as { id: string }).id,
    status: async (id) => {
      const response = await call(`/v1/messages/${id}`);
      if (response.status === 404) return null;
      return (await readAnswer(response, `status of ${id}`)) as MessageView;
    },
    sent: async () => {
      const statuses = new Map<string, string>();
      let path: string | null = `/v1/messages?type=${ingediend}&limit=200`;
      while (path !== null) {
        const page = (await readAnswer(await call(path), 'list of messages')) as Page;
        for (const { senderId, status } of page.messages) statuses.set(senderId, status);
        path = page.next;
      }
      return statuses;
    },
    fetch: async (waitSeconds) => {
      const response = await call(`${postvak}/messages?max=100&wait=${waitSeconds}`);
      const { messages } = (await readAnswer(response, 'postvak')) as {
        messages: { lease: string; event: FetchedEvent }[];
      };
      if (messages.length > 0)
        await post(`${postvak}/ack`, 'application/json', {
          leases: messages.map(({ lease }) => lease),
        });
      return messages.map(({ event }) => event);
    },
  };
};

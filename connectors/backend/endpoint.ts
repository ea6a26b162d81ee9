import { Type, type Static } from '@sinclair/typebox';
import { Failure } from '#kit/failure.js';
import type { Platform } from '#kit/platform.js';
import { signed } from './signature.js';

interface EndpointSettings {
  readonly url: string;
  readonly secret: string;
  readonly secondSecret?: string;
}

const said = Type.Record(Type.String(), Type.Unknown());

/** An application's endpoint: what is posted there carries a signature over its bytes. */
export interface Endpoint {
  readonly post: (id: string, body: string, signal: AbortSignal) => Promise<null>;
  /** Posts a question; 200 with a JSON object answers it. */
  readonly ask: (id: string, body: string, signal: AbortSignal) => Promise<Static<typeof said>>;
  /** Signed `OPTIONS` without a body: tells whether the endpoint is there and takes the signature. */
  readonly probe: (signal: AbortSignal) => Promise<null>;
}

const timeoutMs = 15_000;

/** Statuses of an endpoint that is there but does not know `OPTIONS`. */
const withoutOptions = /answered (400|405|501) /;

const splitUrl = (url: string): { baseUrl: string; path: string } => {
  const { origin, pathname } = new URL(url);
  return { baseUrl: origin, path: pathname };
};

export const connectEndpoint = (settings: EndpointSettings, { http }: Platform): Endpoint => {
  const { baseUrl, path } = splitUrl(settings.url);
  const client = http({ baseUrl, timeoutMs });
  const { secret, secondSecret } = settings;
  const secrets = secondSecret === undefined ? [secret] : [secret, secondSecret];

  const headersOf = (id: string, body: string): Record<string, string> => ({
    'content-type': 'application/cloudevents+json',
    ...signed(id, body, secrets, new Date()),
  });

  return {
    ask: async (id, body, signal) => {
      const headers = headersOf(id, body);
      const request = { method: 'POST', path, body, headers, signal, as: said } as const;
      return (await client.request(request)).body;
    },
    post: async (id, body, signal) => {
      const headers = headersOf(id, body);
      await client.request({ method: 'POST', path, body, headers, signal, expect: 'nothing' });
      return null;
    },
    probe: async (signal) => {
      const headers = signed('check', '', secrets, new Date());
      try {
        await client.request({ method: 'OPTIONS', path, headers, signal, expect: 'nothing' });
      } catch (failure) {
        if (!(failure instanceof Failure) || !withoutOptions.test(failure.message)) throw failure;
      }
      return null;
    },
  };
};

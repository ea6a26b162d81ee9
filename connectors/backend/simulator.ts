import { createHash } from 'node:crypto';
import { attestenOpvragen } from '#oslo/attesten/types.js';
import { Webhook } from 'standardwebhooks';
import type { Json } from '#kit/message.js';
import { defineSimulator } from '#kit/simulator.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';

interface Application {
  readonly secret: string;
  /** Every event that was new, in order. */
  readonly received: Readonly<Record<string, Json>>[];
  readonly known: Set<string>;
}

/** The secret of an account, as Standard Webhooks writes it. */
const secretOf = (accountSecret: string): string =>
  `whsec_${createHash('sha256').update(accountSecret).digest('base64')}`;

const required = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'data',
  'tenant',
  'busid',
];

const problem = (status: number, detail: string): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ status, detail }),
});

const isSigned = ({ body, headers }: SimulatedRequest, { secret }: Application): boolean => {
  try {
    new Webhook(secret).verify(body.toString(), headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
};

const missingIn = (event: Readonly<Record<string, unknown>>): string[] =>
  required.filter((name) => !(name in event));

const attesten: Json = {
  '@type': 'Attestenlijst',
  attest: ['nl', 'fr'].map((taal) => ({
    '@type': 'Attest',
    identificator: [{ '@type': 'Identificator', identificator: 'ATT-2026-17' }],
    taal,
    titel: taal === 'nl' ? 'Attest van woonst' : 'Certificat de résidence',
    uitgegevenOp: '2026-01-04T10:00:00Z',
    webpagina: 'https://loket.example/attesten/ATT-2026-17',
  })),
};

const keep = (event: Readonly<Record<string, Json>>, application: Application): void => {
  const key = JSON.stringify([event['source'], event['id']]);
  if (!application.known.has(key)) application.received.push(event);
  application.known.add(key);
};

const isEvent = (json: unknown): json is Readonly<Record<string, Json>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const take = ({ json, headers }: SimulatedRequest, application: Application): SimulatedAnswer => {
  if (headers['content-type'] !== 'application/cloudevents+json')
    return problem(415, 'Not a CloudEvent.');
  if (!isEvent(json)) return problem(400, 'Not JSON.');
  const missing = missingIn(json);
  if (missing.length > 0) return problem(400, `Missing: ${missing.join(', ')}.`);
  if (headers['webhook-id'] !== json['busid'])
    return problem(400, 'webhook-id is not the id on the bus.');
  if (json['type'] === attestenOpvragen.type) return { status: 200, json: attesten };
  keep(json, application);
  return { status: 204 };
};

/** A careful application: believes only what is signed and fresh, and acts once per `source` and `id`. */
export const simulator = defineSimulator<Application>({
  title: 'Application endpoint',
  source: 'Standard Webhooks 1.0.0 and CloudEvents 1.0.2, HTTP protocol binding, structured mode',
  open: (account) => ({ secret: secretOf(account.secret), received: [], known: new Set() }),
  settings: (baseUrl, account) => ({ url: `${baseUrl}/inbox`, secret: secretOf(account.secret) }),
  handle: (request, application) => {
    if (request.path !== '/inbox') return problem(404, 'Not found.');
    if (request.method !== 'POST' && request.method !== 'OPTIONS')
      return problem(405, 'Only POST.');
    if (!isSigned(request, application))
      return problem(401, 'The signature is not right, or its time has passed.');
    return request.method === 'OPTIONS' ? { status: 204 } : take(request, application);
  },
  effects: ({ received }) =>
    received.map((event) => ({ id: event['id'] ?? null, source: event['source'] ?? null })),
  rendered: () => [],
  inspect: ({ received }) => [...received],
});

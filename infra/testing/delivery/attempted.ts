import { Type } from '@sinclair/typebox';
import { randomBytes } from 'node:crypto';
import { attempt, type Attempted } from '#delivery/attempt.js';
import { sealEvent } from '#delivery/body.js';
import { workOf, type Reach } from '#delivery/stages/stage.js';
import { aalterTenant } from '#infra/testing/melding.js';
import { defineConnector } from '#kit/definition.js';
import { operation, type Operation } from '#kit/operation.js';
import { meldingIngediend } from '#oslo/melding/types.js';

const schema = Type.Object({});
export const bodyKeys = [{ id: 'k1', bytes: randomBytes(32) }] as const;
const tenant = aalterTenant({ bodyKeys });
export const named = { tenant: 'aalter', id: '6f1c2f0e-6a1a-5f0e-9f57-1b7f4b2f9a10' };
export const envelope = {
  ...named,
  version: 1,
  type: meldingIngediend.type,
  kind: 'event',
  source: 'urn:lb:aalter:balie',
  senderId: 'x',
  subject: 'urn:x:s',
  time: '2026-01-05T08:12:00Z',
  acceptedAt: '2026-01-05T08:12:01Z',
  expiresAt: null,
  digest: 'd',
  targets: ['archief'],
  verwerking: null,
  traceparent: '',
  correlationId: null,
  causationId: null,
  origin: null,
} as const;
const ticket = {
  token: '',
  attempt: 1,
  formerCode: null,
  failingForMs: 0,
  redelivered: false,
  taken: null,
  reference: 'A1',
  state: undefined,
  kept: null,
};

export type Register = Operation<unknown, unknown, unknown, unknown, unknown>;

/** What came of one attempt of a melding at a connector whose one operation has these parts. */
export const attempted = (
  parts: Partial<Register>,
  options: {
    type?: string;
    deadlineMs?: number;
    taken?: string;
    kept?: Buffer;
    attachment?: Reach['attachment'];
  } = {},
): Promise<Attempted> => {
  const register = operation<unknown, unknown, unknown>({
    summary: 'Registers.',
    accepts: meldingIngediend,
    redelivery: 'by-reference',
    map: ({ data }) => data,
    send: (_client, request) => Promise.resolve(request),
    ...parts,
  });
  const connector = defineConnector<typeof schema, unknown>({
    id: 'archief',
    title: 'Archief',
    summary: '',
    docs: '',
    interface: { protocol: 'REST', carries: 'JSON' },
    settings: schema,
    connect: () => null,
    check: () => Promise.resolve(),
    operations: { register },
    simulator: null,
  });
  const type = options.type ?? envelope.type;
  const body = sealEvent(named, { data: 'what was sent' }, bodyKeys);
  const shipment = { envelope: { ...envelope, type }, target: 'archief', body };
  const connection = { connector, settings: {}, client: null } as never;
  const begin = workOf({
    shipment,
    ticket: { ...ticket, taken: options.taken ?? null, kept: options.kept ?? null },
    tenant,
    connection,
  });
  const { attachment = () => Promise.reject(new Error('none')) } = options;
  const consult = () => Promise.reject(new Error('none'));
  return attempt(begin, { attachment, consult }, { deadlineMs: options.deadlineMs ?? 5_000 });
};

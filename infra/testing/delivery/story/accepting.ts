import { randomBytes, randomUUID } from 'node:crypto';
import type { Envelope } from '#bus/envelope.js';
import type { Line } from '#delivery/line.js';
import { meldingIngediend } from '#oslo/melding/types.js';
import { aalterTenant } from '../../melding.js';

export const line: Line = { tenant: 'aalter', target: 'archief' };
export const keys = [{ id: 'k1', bytes: randomBytes(32) }] as const;
export const tenant = aalterTenant({
  bodyKeys: keys,
  connectors: new Map([
    [
      line.target,
      {
        tenant: line.tenant,
        name: line.target,
        connector: 'scripted',
        settings: {},
        enabled: true,
      },
    ],
  ]),
});

/** What a gateway makes of a message that is new. */
export const newEnvelope = (subject: string): Envelope => ({
  version: 1,
  id: randomUUID(),
  tenant: line.tenant,
  type: meldingIngediend.type,
  kind: 'event',
  source: 'urn:lb:aalter:balie',
  senderId: randomUUID(),
  subject,
  time: '2026-01-05T08:12:00Z',
  acceptedAt: '2026-01-05T08:12:01Z',
  expiresAt: null,
  digest: 'a',
  targets: [line.target],
  verwerking: null,
  traceparent: '',
  correlationId: null,
  causationId: null,
  origin: null,
});

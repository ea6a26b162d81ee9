import { meldingData, meldingEvent } from '../melding.js';
import { limitedKey } from '../door-tenants.js';
import { binary, json, malformed, melding, withData, type Bad } from './shape.js';

/** Wrong in the envelope, or in who may send it. */
export const envelopes: Record<string, Bad> = {
  'data of another media type': {
    body: json(meldingEvent({ datacontenttype: 'text/csv' })),
    status: 415,
    code: 'unsupported-media',
  },
  'the key __proto__': {
    body: `{"__proto__":{"tenant":"x"},${melding.slice(1)}`,
    ...malformed('/__proto__', 'unknown-property'),
  },
  'the key constructor.prototype': {
    body: withData({ constructor: { prototype: {} } }),
    ...malformed('/data/constructor', 'unknown-property'),
  },
  'no CloudEvent': { body: '{}', ...malformed('/specversion', 'required') },
  'a list where one message belongs': { body: `[${melding}]`, ...malformed('', 'type') },
  'JSON null': { body: 'null', ...malformed('', 'type') },
  'a relative source': {
    body: json(meldingEvent({ source: 'meldpunt' })),
    ...malformed('/source', 'format'),
  },
  'a header that is not percent-encoded': {
    body: json(meldingData()),
    headers: { ...binary, 'ce-subject': 'urn:caf\u00e9' },
    ...malformed('/subject', 'format'),
  },
  'a header with a broken percent sequence': {
    body: json(meldingData()),
    headers: { ...binary, 'ce-subject': 'urn:%c3%28' },
    ...malformed('/subject', 'format'),
  },
  'another tenant': {
    body: json(meldingEvent({ tenant: 'beringen' })),
    status: 403,
    code: 'tenant-mismatch',
  },
  'a source of another': {
    body: json(meldingEvent({ source: 'urn:lb:beringen:meldpunt' })),
    status: 403,
    code: 'source-not-allowed',
  },
  'a type that the credential may not send': {
    body: melding,
    key: limitedKey,
    status: 403,
    code: 'type-not-allowed',
  },
  'no credential': { body: melding, key: '', status: 401, code: 'unauthorized' },
  'an unknown API key': { body: melding, key: 'lb_nobody', status: 401, code: 'unauthorized' },
  'an API key past its time': {
    body: melding,
    key: 'lb_aalter_gone',
    status: 401,
    code: 'unauthorized',
  },
};

import { gzipSync } from 'node:zlib';
import { batched, binary, melding, nested, type Bad } from './shape.js';

/** Wrong before anything is read as a message. */
export const bytes: Record<string, Bad> = {
  'text that is not JSON': { body: '{"specversion": "1.0",', status: 400, code: 'not-json' },
  'an empty body': { body: '', status: 400, code: 'not-json' },
  'a byte order mark': { body: `\uFEFF${melding}`, status: 400, code: 'not-json' },
  'bytes that are not UTF-8': {
    body: new Uint8Array([0x22, 0xc3, 0x28, 0x22]),
    status: 400,
    code: 'not-json',
  },
  'a gzip that is cut': {
    body: new Uint8Array(gzipSync(melding).subarray(0, 60)),
    headers: { 'content-encoding': 'gzip' },
    status: 400,
    code: 'not-json',
  },
  'a gzip that unpacks to more than the limit': {
    body: new Uint8Array(gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20))),
    headers: { 'content-encoding': 'gzip' },
    status: 413,
    code: 'too-large',
  },
  'an encoding other than gzip': {
    body: melding,
    headers: { 'content-encoding': 'br' },
    status: 415,
    code: 'unsupported-media',
  },
  'another charset': {
    body: melding,
    headers: { 'content-type': 'application/cloudevents+json; charset=iso-8859-1' },
    status: 415,
    code: 'unsupported-media',
  },
  'another media type': {
    body: melding,
    headers: { 'content-type': 'text/plain' },
    status: 415,
    code: 'unsupported-media',
  },
  'a media type that is none': {
    body: melding,
    headers: { 'content-type': 'json' },
    status: 415,
    code: 'unsupported-media',
  },
  '1 MiB and 1 byte': {
    body: melding + ' '.repeat(1024 * 1024 + 1 - melding.length),
    status: 413,
    code: 'too-large',
  },
  'a depth of 1,000': {
    body: `{"data":${nested(1_000)}}`,
    status: 400,
    code: 'too-deep',
  },
  'a depth of 100,000': { body: nested(100_000), status: 400, code: 'too-deep' },
  'a depth of 65': { body: `{"data":${nested(64)}}`, status: 400, code: 'too-deep' },
  'a depth of 65 in binary mode, counted from the envelope': {
    body: `{"a":${nested(63)}}`,
    headers: binary,
    status: 400,
    code: 'too-deep',
  },
  'an empty batch': {
    body: '[]',
    headers: batched,
    status: 400,
    code: 'envelope-invalid',
  },
  'a batch that is no list': {
    body: melding,
    headers: batched,
    status: 400,
    code: 'envelope-invalid',
  },
  'a batch of which one item is not JSON': {
    body: `[${melding},{]`,
    headers: batched,
    status: 400,
    code: 'not-json',
  },
  'a batch of 501': {
    body: `[${Array.from({ length: 501 }, () => '1').join()}]`,
    headers: batched,
    status: 413,
    code: 'too-large',
  },
};

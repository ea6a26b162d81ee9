import {
  answer,
  content,
  inHeader,
  inQuery,
  jsonAnswer,
  parametersOf,
  problems,
  type Part,
} from './parts.js';
import { burgerprofielPaths } from './burgerprofiel.js';
import { ref } from './schemas.js';

const structured = 'application/cloudevents+json';
const batch = 'application/cloudevents-batch+json';

const open = { security: [] };
const documentOf = (path: string, summary: string, type: string): [string, Part] => {
  const missing = path.includes('{') ? problems(404) : {};
  const responses = {
    200: answer(summary, { [type]: {} }),
    304: answer('Not changed.'),
    ...missing,
  };
  return [path, { get: { summary, tags: ['language'], ...open, responses } }];
};

const messages = { tags: ['messages'] };
const postvak = { tags: ['postvak'] };
const binary = { type: 'string', contentMediaType: 'application/octet-stream' };

const declared: Readonly<Record<string, Part>> = {
  '/v1/messages': {
    post: {
      ...messages,
      summary: 'Send one CloudEvent (structured or binary mode) or a batch of up to 500.',
      parameters: [
        inHeader(
          'Prefer',
          '`wait=10` (RFC 7240): how many seconds, at most 30, to wait for the answer to a question.',
        ),
      ],
      requestBody: {
        required: true,
        ...content({
          [structured]: ref('Event'),
          [batch]: { type: 'array', minItems: 1, maxItems: 500, items: ref('Event') },
          'application/ld+json': { type: 'object' },
        }),
      },
      responses: {
        200: answer('The answer to a question, in time.', { [structured]: ref('Answer') }),
        202: jsonAnswer('Safe on the bus.', 'Accepted'),
        207: jsonAnswer('A batch, answered per item.', 'BatchResults'),
        ...problems(400, 401, 403, 408, 409, 413, 415, 422, 429, 503),
      },
    },
    get: {
      ...messages,
      summary: 'List the messages of the tenant, newest first.',
      parameters: [
        inQuery('status', { type: 'string' }, 'Where it is.'),
        inQuery('type', { type: 'string' }, 'Message type.'),
        inQuery('subject', { type: 'string' }, 'IRI of the subject.'),
        inQuery('since', { type: 'string', format: 'date-time' }, 'Accepted at or after.'),
        inQuery('cursor', { type: 'string' }, 'From `next` of the page before.'),
        inQuery('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, 'Page size.'),
      ],
      responses: { 200: jsonAnswer('A page.', 'Messages'), ...problems(400, 401, 429, 503) },
    },
  },
  '/v1/messages/{id}': {
    get: {
      ...messages,
      summary: 'Tell where a message is, with the attempts per target.',
      responses: { 200: jsonAnswer('Where it is.', 'Status'), ...problems(401, 404, 429, 503) },
    },
  },
  '/v1/messages/{id}/answer': {
    get: {
      ...messages,
      summary:
        'Give the message that answers a command or question; that to a question for an hour.',
      responses: {
        200: answer('The answer.', { [structured]: ref('Answer') }),
        ...problems(401, 403, 404, 410, 429, 503),
      },
    },
  },
  '/v1/attachments': {
    post: {
      tags: ['attachments'],
      summary: 'Upload an attachment of up to 100 MiB, to refer to by its uri.',
      parameters: [
        inHeader('Content-Disposition', 'May hold a file name.'),
        inHeader('Repr-Digest', '`sha-256=:<base64>:` (RFC 9530): refused where the bytes differ.'),
      ],
      requestBody: { required: true, ...content({ '*/*': binary }) },
      responses: {
        201: jsonAnswer('Kept.', 'Attachment'),
        ...problems(401, 408, 413, 415, 422, 429, 503),
      },
    },
  },
  '/v1/attachments/{id}': {
    get: {
      tags: ['attachments'],
      summary: 'Download an attachment of the tenant.',
      responses: { 200: answer('The bytes.', { '*/*': binary }), ...problems(401, 404, 429, 503) },
    },
  },
  '/v1/hooks/{token}': {
    post: {
      tags: ['hooks'],
      summary: 'Take a call of an external system; the token says whose.',
      ...open,
      requestBody: content({ '*/*': binary }),
      responses: { 202: answer('Kept.'), ...problems(404, 408, 413, 429, 503) },
    },
  },
  '/v1/postvak/{name}/messages': {
    get: {
      ...postvak,
      summary: 'Lease messages from a postvak, in order per subject.',
      parameters: [
        inQuery('max', { type: 'integer', minimum: 1, maximum: 100, default: 10 }, 'At most.'),
        inQuery('wait', { type: 'integer', minimum: 0, maximum: 30, default: 0 }, 'Seconds.'),
      ],
      responses: {
        200: jsonAnswer('Leased.', 'Pulled'),
        ...problems(400, 401, 403, 404, 429, 503),
      },
    },
  },
  '/v1/postvak/{name}/ack': {
    post: {
      ...postvak,
      summary: 'Acknowledge leased messages.',
      requestBody: { required: true, ...content({ 'application/json': ref('Ack') }) },
      responses: {
        200: jsonAnswer('Acknowledged.', 'Acknowledged'),
        ...problems(400, 401, 403, 404, 413, 429, 503),
      },
    },
  },
  '/v1/postvak/{name}/nack': {
    post: {
      ...postvak,
      summary: 'Give leased messages back, to be seen again after a delay.',
      requestBody: { required: true, ...content({ 'application/json': ref('Nack') }) },
      responses: {
        200: jsonAnswer('Given back.', 'Released'),
        ...problems(400, 401, 403, 404, 413, 429, 503),
      },
    },
  },
  ...burgerprofielPaths,
  ...Object.fromEntries([
    documentOf('/v1/types', 'The message types.', 'application/json'),
    documentOf('/v1/types/{type}', 'One message type.', 'application/json'),
    documentOf('/v1/types/{type}/schema', 'Its JSON Schema.', 'application/schema+json'),
    documentOf('/v1/types/{type}/shapes', 'Its SHACL shapes.', 'text/turtle'),
    documentOf('/v1/types/{type}/examples', 'Its examples, valid and invalid.', 'application/json'),
    documentOf('/v1/contexts/{name}/v1.jsonld', 'A JSON-LD context.', 'application/ld+json'),
    documentOf('/v1/codelists/{name}', 'A code list.', 'application/json'),
    documentOf('/v1/openapi.json', 'This document.', 'application/json'),
    documentOf('/v1/asyncapi.json', 'What receivers are sent.', 'application/json'),
    documentOf('/docs', 'This document, to read and try.', 'text/html'),
  ]),
  '/health/live': {
    get: {
      tags: ['health'],
      summary: 'The process runs.',
      ...open,
      responses: { 200: jsonAnswer('It does.', 'Ready') },
    },
  },
  '/health/ready': {
    get: {
      tags: ['health'],
      summary: 'The door can accept messages.',
      ...open,
      responses: {
        200: jsonAnswer('It can.', 'Ready'),
        503: jsonAnswer('It cannot now.', 'Ready'),
      },
    },
  },
};

/** Every address of the door, as OpenAPI paths. */
export const paths: Readonly<Record<string, Part>> = Object.fromEntries(
  Object.entries(declared).map(([path, item]) => {
    const parameters = parametersOf(path);
    return [path, parameters.length > 0 ? { parameters, ...item } : item];
  }),
);

import { answer, content, inHeader, inQuery, problems, type Part } from './parts.js';

const tags = { tags: ['burgerprofiel'] };
const plain = 'application/json';
const hal = 'application/hal+json';
const string = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: Readonly<Record<string, Part>>): Part => ({
  type: 'object',
  properties,
});
const list = (items: Part): Part => ({ type: 'array', items });
const link = object({ href: string });

const configuration = object({
  categories: list(object({ id: string, name: string })),
  schema: { type: 'object', description: 'A JSON Schema (2020-12).' },
  attachments: object({ maxCount: integer, maxSizeBytes: integer, contentTypes: list(string) }),
});
const progress = object({
  id: string,
  status: string,
  _links: object({ self: link }),
  melding: object({ statusType: string, beschrijving: string, statusdatum: string }),
});
const certificates = object({
  _embedded: object({
    certificates: list(
      object({
        id: string,
        language: string,
        title: string,
        description: string,
        issued: string,
        validUntil: string,
        _links: object({ certificate: link }),
      }),
    ),
  }),
  _pageMetadata: object({
    size: integer,
    number: integer,
    totalElements: integer,
    totalPages: integer,
  }),
  _links: { type: 'object' },
});
const forms = object({
  _embedded: object({
    forms: list(
      object({
        id: string,
        productId: string,
        sso: object({ audience: string }),
        _links: object({
          embed: object({ href: string, templated: { type: 'boolean' } }),
          fallback: link,
          ssoTokenRegistrationApi: link,
          thirdPartyCookieApi: link,
        }),
      }),
    ),
  }),
  limit: integer,
  offset: integer,
  total: integer,
  _links: { type: 'object' },
});

const counting = { type: 'integer', minimum: 0, default: 0 };
const limit = (most: number): Part =>
  inQuery('limit', { type: 'integer', minimum: 1, maximum: most, default: 10 }, 'Page size.');

/** The interfaces that Mijn Burgerprofiel calls; a tenant decides in its declaration where each piece stands. */
export const burgerprofielPaths: Readonly<Record<string, Part>> = {
  '/mbp/{tenant}/v1/melding/configuration': {
    get: {
      ...tags,
      summary: 'Tell what may be submitted: categories, JSON Schema, limits of attachments.',
      responses: {
        200: answer('The configuration of the tenant.', { [plain]: configuration }),
        ...problems(401, 403, 404, 429, 503),
      },
    },
  },
  '/mbp/{tenant}/v1/melding': {
    post: {
      ...tags,
      summary: 'Submit a melding, with its attachments where there are any.',
      parameters: [
        inHeader('Idempotency-Key', 'Names a submission whose form holds no id of its own.'),
      ],
      requestBody: {
        required: true,
        ...content({
          'application/json': { type: 'object', description: 'After the JSON Schema.' },
          'multipart/form-data': {
            type: 'object',
            description: 'The JSON in the part `melding`, each attachment in a part of its own.',
          },
        }),
      },
      responses: {
        202: answer('Safe on the bus.', { [plain]: progress }),
        ...problems(400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 503),
      },
    },
  },
  '/mbp/{tenant}/v1/melding/{id}': {
    get: {
      ...tags,
      summary: 'Tell what became of a submitted melding.',
      responses: {
        200: answer('Where it is, and its last status.', { [plain]: progress }),
        ...problems(401, 403, 404, 429, 503),
      },
    },
  },
  '/mbp/{tenant}/v1/certificates/{ssn}': {
    get: {
      ...tags,
      summary: 'List the attesten of a person; an empty list where there are none.',
      parameters: [limit(100), inQuery('page', counting, 'From 0.')],
      responses: {
        200: answer('A page.', { [hal]: certificates }),
        ...problems(400, 401, 403, 404, 429, 503),
      },
    },
  },
  '/mbp/{tenant}/api/v1/forms': {
    get: {
      ...tags,
      summary: 'List the forms that the tenant offers.',
      parameters: [limit(100), inQuery('offset', counting, 'From 0.')],
      responses: {
        200: answer('A page.', { [hal]: forms }),
        ...problems(400, 401, 403, 404, 429, 503),
      },
    },
  },
};
